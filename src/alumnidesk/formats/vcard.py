"""vCard: 2.1, 3.0 and 4.0 in, 3.0 and 4.0 out, nothing lost.

`read` and `each` make records of a file's bytes; `write` makes the text of one card, `write_all` the bytes of many.
"""

from __future__ import annotations

from alumnidesk.formats.vcard_properties import SHADOW
from alumnidesk.formats.vcard_read import count, each, in_parts, read
from alumnidesk.formats.vcard_write import VERSIONS, write, write_all

__all__ = ["SHADOW", "VERSIONS", "count", "each", "in_parts", "read", "write", "write_all"]
