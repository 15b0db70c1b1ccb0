// SPDX-License-Identifier: MIT
#pragma once

// What models were used for, over HTTP: JSON and a page. Needs cpp-httplib.

#include <autopack_schema/ops/dashboard/page.hpp>
#include <autopack_schema/ops/dashboard/page_script.hpp>
#include <autopack_schema/ops/dashboard/page_style.hpp>
#include <autopack_schema/ops/dashboard/server.hpp>
