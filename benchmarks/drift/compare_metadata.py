# SPDX-License-Identifier: MIT
"""What a project with Alembic runs: its models, and compare_metadata against a database. usage: compare_metadata.py DATABASE MODELS.py"""
import runpy
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

metadata = runpy.run_path(sys.argv[2])["metadata"]
with create_engine("sqlite:///" + sys.argv[1]).connect() as connection:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    print(len(compare_metadata(context, metadata)))
