// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/column.hpp>
#include <autopack_schema/model/constraint.hpp>
#include <autopack_schema/model/equal.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/table.hpp>
#include <autopack_schema/model/type.hpp>
#include <autopack_schema/model/value.hpp>
