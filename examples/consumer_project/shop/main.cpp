// SPDX-License-Identifier: MIT
#include <shop/migrations.hpp>

#include <cstdio>
#include <exception>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: shop sqlite:///FILE\n");
        return 1;
    }
    try {
        auto file = aps::sqlite::connection::open(aps::db::url::parse(argv[1]));
        const auto result = aps::migrate::sqlite::run(file, shop::schema, shop::migrations);
        std::printf("%s\n", result.applied ? "migrated to 2025" : "is at 2025");

        aps::database<shop::schema> db(file);
        db.insert(shop::order{.customer = "Grace", .cents = 1000, .note = "by post"});
        std::int64_t count = 0;
        std::int64_t cents = 0;
        for (const shop::order& o : db.select<shop::order>().order_by(aps::col<&shop::order::id>)) {
            ++count;
            cents += o.cents;
        }
        std::printf("%d orders, %d cents\n", static_cast<int>(count), static_cast<int>(cents));
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
