// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/migrate/detail/merger.hpp>
#include <autopack_schema/migrate/target.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate {

AUTOPACK_SCHEMA_FUNCTION effective_target make_target(const model::schema& live, const model::schema& wanted, const rules& dialect,
                                    model::items<data_rule> data_rules, target_options options) {
    effective_target made;
    detail::merger(live, wanted, dialect, data_rules, options, made).run();
    return made;
}

} // namespace autopack_schema::migrate
