// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/constraint.hpp>
#include <autopack_schema/define/default_value.hpp>
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/define/foreign_key.hpp>
#include <autopack_schema/define/index.hpp>
#include <autopack_schema/define/key_part.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/define/words.hpp>
