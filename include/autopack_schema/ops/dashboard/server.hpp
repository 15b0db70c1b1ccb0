// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/dashboard/page.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/usage_totals.hpp>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace autopack_schema::ops::dashboard {

/// How the dashboard is served.
struct server_options {
    std::string host = "127.0.0.1"; ///< who may call; nobody from elsewhere unless another address is given
    int port = 8000;                ///< 0: any that is free
    std::int64_t cap_tokens = 0;    ///< of a provider in a period; 0: there is none
    int busy_timeout_ms = 3000;     ///< to wait for a writer before an answer is an error
    std::function<timestamp()> now = timestamp::now;
};

/// Serves the usage of models over HTTP: `GET /dashboard/usage?period=day|week|month` as JSON, and at `/dashboard` a page for it.
/// shape: each request reads the database through a connection of its own, read-only, so it answers while others write
class usage_server {
public:
    /// errors: those of opening the database: a dashboard of nothing does not start
    explicit usage_server(db::url where, server_options options = {})
        : where_(std::move(where)), options_(std::move(options)) {
        open();
        http_.set_default_headers(
            {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}});
        http_.set_socket_options([](socket_t socket) { // the default would let two servers have one port
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, reinterpret_cast<const char*>(&yes), sizeof yes);
        });
        http_.set_keep_alive_max_count(100);
        http_.set_payload_max_length(64 * 1024);
        add_routes();
        add_errors();
    }

    /// Takes the address; the port that it got.
    /// errors: S419 the address is taken or not ours
    int bind() {
        const int port = options_.port == 0 ? http_.bind_to_any_port(options_.host.c_str())
                         : http_.bind_to_port(options_.host.c_str(), options_.port) ? options_.port
                                                                                    : -1;
        if (port > 0) return port;
        throw error({.code = "S419",
                     .what_happened = "cannot listen on " + options_.host + ":" + std::to_string(options_.port),
                     .advice = "another program may use the port: give --port 0 for a free one"});
    }

    /// Serves until `stop`; `bind` must have been called.
    void serve() { http_.listen_after_bind(); }
    /// Ends `serve`; may be called from another thread.
    void stop() { http_.stop(); }

private:
    using request = httplib::Request;
    using response = httplib::Response;

    sqlite::connection open() const {
        return patiently([this] {
            return sqlite::connection::open(where_, {.mode = sqlite::open_mode::read_only, .busy_timeout_ms = 0});
        });
    }

    static void answer(response& res, const nlohmann::ordered_json& body, int status = 200) {
        res.status = status;
        res.set_content(to_json_text(body, compact_json), "application/json");
    }
    static void fail(response& res, int status, std::string_view what, std::string_view code = "") {
        nlohmann::ordered_json body{{"detail", what}};
        if (!code.empty()) body["code"] = code;
        answer(res, body, status);
    }

    static usage_period period_of(const request& req) {
        return usage_period(req.has_param("period") ? req.get_param_value("period") : "week");
    }

    void add_routes() {
        http_.Get("/dashboard/usage", guarded([this](const request& req, response& res) {
                      auto database = open();
                      answer(res, patiently([&] {
                                 return to_json_value(
                                     read_usage(database, period_of(req), options_.now(), options_.cap_tokens));
                             }));
                  }));
        http_.Get("/dashboard/usage/details", guarded([this](const request& req, response& res) {
                      auto database = open();
                      const timestamp now = options_.now();
                      const usage_period period = period_of(req);
                      answer(res, patiently([&] {
                                 const sqlite::transaction same_moment(database, sqlite::transaction_kind::deferred);
                                 return to_json_value(read_usage(database, period, now),
                                                      read_timeline(database, period, now), now);
                             }));
                  }));
        http_.Get("/dashboard", [](const request&, response& res) {
            res.set_header("Content-Security-Policy",
                           "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                           "connect-src 'self'; img-src data:; frame-ancestors 'none'");
            res.set_content(page(), "text/html; charset=utf-8");
        });
        http_.Get("/", [](const request&, response& res) { res.set_redirect("/dashboard"); });
    }

    /// Makes an answer of every error.
    template <class Handler>
    httplib::Server::Handler guarded(Handler handler) {
        return [handler](const request& req, response& res) {
            try {
                handler(req, res);
            } catch (const error& problem) { // neither path nor SQL: who asks need not know them
                const std::string where = problem.info().table.empty() ? "" : problem.info().table + ": ";
                const bool busy = problem.code() == "S209";
                fail(res, busy ? 503 : 500, where + problem.info().what_happened, problem.code());
            } catch (const std::exception&) {
                fail(res, 500, "the request failed");
            }
        };
    }

    /// Does something that reads, again and again while the database is locked: beside a program that writes without a pause,
    /// SQLite's own waiting, which sleeps longer and longer, finds no gap.
    template <class Work>
    std::invoke_result_t<Work&> patiently(Work&& work) const {
        using clock = std::chrono::steady_clock;
        const auto deadline = clock::now() + std::chrono::milliseconds(options_.busy_timeout_ms);
        for (;;) {
            try {
                return work();
            } catch (const error& problem) {
                if (problem.code() != "S209" || clock::now() >= deadline) throw;
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    }

    void add_errors() {
        http_.set_pre_routing_handler([this](const request& req, response& res) {
            using result = httplib::Server::HandlerResponse;
            if (!is_expected_host(req.get_header_value("Host"))) {
                fail(res, 403, "this host name is not served here");
                return result::Handled;
            }
            if (req.method != "GET" && req.method != "HEAD") {
                res.set_header("Allow", "GET, HEAD");
                fail(res, 405, "only GET is answered");
                return result::Handled;
            }
            return result::Unhandled;
        });
        http_.set_error_handler([](const request&, response& res) {
            if (!res.body.empty()) return;
            fail(res, res.status, res.status == 404 ? "there is no such page" : "the request was not understood");
        });
    }

    /// A page of another name must not read a server on the loopback (DNS rebinding).
    bool is_expected_host(std::string_view host) const {
        if (options_.host != "127.0.0.1" && options_.host != "localhost" && options_.host != "::1") return true;
        const std::size_t colon = host.rfind(':');
        const std::string_view name = colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos
                                          ? host.substr(0, colon)
                                          : host;
        return name.empty() || name == "127.0.0.1" || name == "localhost" || name == "[::1]";
    }

    db::url where_;
    server_options options_;
    httplib::Server http_{};
};

} // namespace autopack_schema::ops::dashboard
