// SPDX-License-Identifier: MIT
#pragma once

namespace autopack_schema {

/// What an inspection takes in.
struct inspect_options {
    bool other_databases = false; ///< list what TEMP and attached databases hold, as things that were not read
};

} // namespace autopack_schema
