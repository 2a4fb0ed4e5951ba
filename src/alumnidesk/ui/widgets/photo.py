"""Photos: decoding one within bounds, cut to a square, and making one small enough to be kept."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter, QPixmap

MOST_PIXELS = 25_000_000
LARGEST = 2_000_000
"""Bytes of a photo that is kept as it is."""
SIDE = 1_000
"""Pixels of the longer side of a photo that was made smaller."""
_KINDS = frozenset((b"png", b"jpeg", b"webp", b"gif", b"bmp", b"heic", b"heif", b"avif"))
"""What is decoded at all; never SVG, which can load other files."""


def square(data: bytes, side: int) -> QPixmap:
    """The middle of a photo as a square of `side` pixels; empty if it cannot be decoded."""
    reader = _Reader(data)
    size = reader.size()
    if not _bounded(reader):
        return QPixmap()
    scaled = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(scaled)
    image = reader.read()
    if image.isNull():
        return QPixmap()
    return QPixmap.fromImage(image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side))


def whole(data: bytes, side: int) -> QImage:
    """A picture as a whole, no side longer than `side` pixels; empty if it cannot be decoded."""
    reader = _Reader(data)
    if not _bounded(reader):
        return QImage()
    size = reader.size()
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def small_enough(data: bytes) -> bytes:
    """A picture as it is if it can be kept so, else a smaller JPEG of it; empty if it is no picture that is decoded."""
    reader = _Reader(data)
    if len(data) <= LARGEST and reader.format() in (b"png", b"jpeg"):
        return data
    if not _bounded(reader):
        return b""
    size = reader.size()
    if max(size.width(), size.height()) > SIDE:
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    return as_jpeg(reader.read())


def as_jpeg(image: QImage) -> bytes:
    """A picture as JPEG, no side longer than `SIDE`, on white where it is transparent; empty for an empty one."""
    if image.isNull():
        return b""
    if max(image.width(), image.height()) > SIDE:
        image = image.scaled(
            QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(88)
    writer.write(paper)
    return bytes(buffer.data().data())


class _Reader(QImageReader):
    """Of bytes, which it keeps as long as it reads: Qt's own does not own what it reads from."""

    def __init__(self, data: bytes) -> None:
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        super().__init__(buffer)
        self._buffer = buffer
        self.setDecideFormatFromContent(True)
        self.setAutoTransform(True)


def _bounded(reader: QImageReader) -> bool:
    """Whether it is of a known kind and not too large, told by its head."""
    size = reader.size()
    return bytes(reader.format().data()) in _KINDS and 0 < size.width() * size.height() <= MOST_PIXELS
