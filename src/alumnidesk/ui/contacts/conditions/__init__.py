"""The condition builder: what one looks for, put together line by line."""
