// SPDX-License-Identifier: MIT
#pragma once

// <string_view> is missing.
inline std::string_view a_text() { return "text"; }
