// SPDX-License-Identifier: MIT
#pragma once

// `inline` is missing.
int a_number() { return 1; }
