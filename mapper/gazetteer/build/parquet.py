"""Writing the Parquet files of borders and basemap, the same bytes for the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.gazetteer.boundary_files import VERSION

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_table"]


def write_table(columns: dict[str, pa.Array], path: Path, *, deltas: bool = False) -> None:
    """Write the columns with the version of the files; `deltas` packs int32 as differences."""
    table = pa.table(columns).replace_schema_metadata({"version": str(VERSION)})
    # Numbers that vary little pack best as differences; dictionaries pay only for text.
    encoding = {name: "DELTA_BINARY_PACKED" for name in columns if deltas and pa.types.is_int32(table[name].type)}
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=[name for name in columns if name not in encoding],
        column_encoding=encoding or None,
        write_statistics=False,
        store_schema=True,
    )
