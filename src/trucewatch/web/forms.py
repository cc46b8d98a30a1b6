"""What a reader filled in, as the browser sends it."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, HTTPException, Request

MOST = 16_384  # bytes of a form


async def _filled(request: Request) -> Mapping[str, str]:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            raise HTTPException(413)
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=60)
    except ValueError:
        raise HTTPException(422) from None
    return {name: values[-1] for name, values in found.items()}


Filled = Annotated[Mapping[str, str], Depends(_filled)]
