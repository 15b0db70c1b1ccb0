// SPDX-License-Identifier: MIT
#pragma once

// Typed queries: reading and writing rows by the definitions of their tables.

#include <autopack_schema/query/aggregates.hpp>
#include <autopack_schema/query/case.hpp>
#include <autopack_schema/query/database.hpp>
#include <autopack_schema/query/functions.hpp>
#include <autopack_schema/query/runtime.hpp>
#include <autopack_schema/query/subquery.hpp>
#include <autopack_schema/query/text.hpp>
#include <autopack_schema/query/view_of.hpp>
