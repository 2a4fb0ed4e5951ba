"""Cards become paper: PDF documents drawn with ReportLab. Knows neither database nor window."""
