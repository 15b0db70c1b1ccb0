// SPDX-License-Identifier: MIT
// The plain calls of this library.
#include "harness.hpp"

#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/query.hpp>

namespace {

namespace aps = autopack_schema;
using aps::col;
using bench::event;

constexpr auto events_table = aps::table<event>(
    "token_estimation_v2_events", aps::column<&event::event_id>(aps::primary_key), aps::column<&event::run_id>(),
    aps::column<&event::phase_id>(), aps::column<&event::timestamp>(), aps::column<&event::category>(),
    aps::column<&event::complexity>(), aps::column<&event::deliverable_count>(), aps::column<&event::deliverables_json>(),
    aps::column<&event::predicted_output_tokens>(), aps::column<&event::actual_output_tokens>(),
    aps::column<&event::selected_budget>(), aps::column<&event::actual_max_tokens>(), aps::column<&event::success>(),
    aps::column<&event::truncated>(), aps::column<&event::stop_reason>(), aps::column<&event::model>(),
    aps::column<&event::smape_percent>(), aps::column<&event::waste_ratio>(), aps::column<&event::underestimated>(),
    aps::column<&event::created_at>());
constexpr auto schema = aps::schema<events_table>("bench");

class ours {
public:
    ours() { db_.execute(bench::create_table); }

    void insert(const std::vector<event>& events) {
        auto all = db_.transaction();
        for (const event& e : events) db_.insert(e);
        all.commit();
    }
    void bulk(const std::vector<event>& events) { db_.insert(events); }
    std::vector<event> read() { return db_.select<event>().all(); }
    std::int64_t get(const std::vector<std::int64_t>& keys) {
        std::int64_t sum = 0;
        for (const std::int64_t key : keys) sum += digest(*db_.get<event>(key));
        return sum;
    }
    std::vector<bench::model_use> aggregate() {
        return db_.select(col<&event::model>, aps::count(), aps::coalesce(aps::sum(col<&event::actual_output_tokens>), 0),
                          aps::avg(col<&event::smape_percent>))
            .group_by(col<&event::model>)
            .into<bench::model_use>()
            .all();
    }
    std::vector<event> filter(const std::string& category, std::int64_t tokens) {
        return db_.select<event>()
            .where(col<&event::category> == category && col<&event::predicted_output_tokens> > tokens &&
                   col<&event::actual_max_tokens>.is_not_null())
            .all();
    }

private:
    aps::database<schema> db_ = aps::database<schema>::memory();
};

} // namespace

int main(int count, char** arguments) { return bench::main_of<ours>(count, arguments); }
