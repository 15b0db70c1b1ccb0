// SPDX-License-Identifier: MIT
// Shows what models were used for: DATABASE_URL=sqlite:///autopack.db usage_dashboard, then http://127.0.0.1:8000/dashboard
//
// Reads only. Ends at Ctrl-C with exit code 0; 1 where the database or the port cannot be opened.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/dashboard.hpp>

#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <thread>

namespace aps = autopack_schema;
using aps::ops::dashboard::server_options;
using aps::ops::dashboard::usage_server;

namespace {

/// Serves until Ctrl-C or its like. The signals are taken by a thread of their own: no handler interrupts an answer.
int serve(const server_options& options) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    usage_server server(aps::db::url_from_environment(), options);
    const int port = server.bind();
    aps::cli::print("Usage dashboard: http://" + options.host + ":" + std::to_string(port) + "/dashboard\n");
    std::fflush(stdout);
    std::thread waiter([&] {
        int caught = 0;
        sigwait(&signals, &caught);
        server.stop();
    });
    server.serve();
    pthread_kill(waiter.native_handle(), SIGTERM); // where serving ended by itself
    waiter.join();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Serves a page and JSON about the usage of models in the database that DATABASE_URL names.");
    server_options options;
    app.add_option("--host", options.host, "address to listen on (default 127.0.0.1: nobody from elsewhere)");
    app.add_option("--port", options.port, "port to listen on (default 8000; 0: a free one)")
        ->check(CLI::Range(0, 65535));
    app.add_option("--cap-tokens", options.cap_tokens, "tokens that a provider may use in a period (default 0: no cap)")
        ->check(CLI::NonNegativeNumber);
    return aps::cli::run_program(argc, argv, app, [&options] { return serve(options); });
}
