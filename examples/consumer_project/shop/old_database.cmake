# SPDX-License-Identifier: MIT
# Makes the database of 2024 anew: cmake -D FILE=shop.db -D SQL=2024.sql -P old_database.cmake
find_program(SQLITE3 sqlite3 REQUIRED)
file(REMOVE ${FILE})
execute_process(COMMAND ${SQLITE3} -bail ${FILE} INPUT_FILE ${SQL} COMMAND_ERROR_IS_FATAL ANY)
