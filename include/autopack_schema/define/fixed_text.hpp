// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/fixed_text.hpp>
