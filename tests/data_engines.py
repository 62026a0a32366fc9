"""A Polars frame handed to every data engine that cells can be counted in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

Engine = Callable[[pl.DataFrame, Path], Any]


def duckdb_table(frame: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """A connection with ``frame`` as the table ``answers``."""
    connection = duckdb.connect()
    connection.register("frame", frame.to_arrow())
    connection.execute("create table answers as from frame")
    connection.unregister("frame")
    return connection


def _ibis(frame: pl.DataFrame, _: Path) -> Any:
    ibis = pytest.importorskip("ibis")
    return ibis.duckdb.from_connection(duckdb_table(frame)).table("answers")


def _sqlframe(frame: pl.DataFrame, _: Path) -> Any:
    sqlframe = pytest.importorskip("sqlframe.duckdb")
    return sqlframe.DuckDBSession(conn=duckdb_table(frame)).table("answers")


def _parquet(frame: pl.DataFrame, folder: Path) -> Path:
    frame.write_parquet(folder / "answers.parquet")
    return folder / "answers.parquet"


ENGINES: dict[str, Engine] = {
    "polars": lambda frame, _: frame,
    "polars-lazy": lambda frame, _: frame.lazy(),
    "duckdb": lambda frame, _: duckdb_table(frame).table("answers"),
    "ibis": _ibis,
    "sqlframe": _sqlframe,
    "pyarrow": lambda frame, _: frame.to_arrow(),
    "parquet": _parquet,
}


def start_spark() -> Any:
    """A local Spark session that is quick on small frames: one thread, nothing compiled."""
    sql = pytest.importorskip("pyspark.sql")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java.")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def spark_frame(session: Any, frame: pl.DataFrame) -> Any:
    """``frame`` in Spark, which knows neither categories nor unsigned numbers."""
    plain = frame.cast({pl.Categorical: pl.String, pl.Enum: pl.String, pl.UInt8: pl.Int16})
    return session.createDataFrame(plain.to_arrow())
