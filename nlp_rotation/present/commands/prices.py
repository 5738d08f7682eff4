"""``nlp-rotation prices``: what price files hold and what is wrong with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

    from nlp_rotation.align.prices import Prices

PricesPath = Annotated[
    Path,
    typer.Argument(
        metavar="PRICES",
        help="Price file of any common dialect, or folder of one file a symbol.",
        show_default=False,
    ),
]
OutPath = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write all rows to a .csv, .parquet, .json or .jsonl."),
]


def prices(
    path: PricesPath,
    symbol: Annotated[
        str | None, typer.Option("--symbol", help="What a file without a symbol is about.")
    ] = None,
    download: Annotated[
        str | None,
        typer.Option(
            "--download", metavar="SYMBOLS", help="Bring PRICES, a folder, up to date: IWM,SPY,^RUT."
        ),
    ] = None,
    out: OutPath = None,
) -> None:
    """Read daily prices, list the series, and tell all that was found or decided while reading."""
    from nlp_rotation.present.frames import check_ending, print_frame, write_frame

    check_ending(out)
    loaded = _loaded(path, symbol, download)
    print_frame("Prices", _series(loaded), sys.stdout)
    for note in loaded.notes:
        typer.echo(str(note), err=True)
    if out:
        write_frame(_long(loaded), out)


def _loaded(path: Path, symbol: str | None, download: str | None) -> Prices:
    if download:
        from nlp_rotation.align.download import download_prices

        return download_prices([name.strip() for name in download.split(",") if name.strip()], folder=path)
    from nlp_rotation.align.prices import load_prices

    return load_prices(path, symbol=symbol)


def _series(loaded: Prices) -> pd.DataFrame:
    """Return one row a series."""
    import pandas as pd

    rows = [
        (
            symbol,
            loaded.dialects.get(symbol, ""),
            bars.index[0],
            bars.index[-1],
            len(bars),
            ", ".join(dict.fromkeys(bars["basis"])),
            float(loaded.close(symbol).iloc[-1]),
        )
        for symbol, bars in sorted(loaded.bars.items())
        if len(bars)
    ]
    columns = ["symbol", "written as", "first", "last", "bars", "corrected for", "last close"]
    return pd.DataFrame(rows, columns=columns)


def _long(loaded: Prices) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(dict(loaded.bars), names=["symbol", "session"])
