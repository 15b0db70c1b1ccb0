// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::sqlite::detail {

/// What a result code means for the reader: our code, and what to do.
struct verdict {
    int result; ///< extended or primary result code
    std::string_view code;
    std::string_view advice;
};

/// Extended codes first where they deserve their own words; the primary code is the fallback.
/// source: https://sqlite.org/rescode.html, and what is measured in tests/sqlite/error_test.cpp
inline constexpr verdict verdicts[] = {
    {517, "S209",
     "another connection wrote since this transaction began to read: roll back and begin again, with BEGIN IMMEDIATE"},
    {261, "S209", "another process is recovering the database after a crash: wait and run again"},
    {262, "S209",
     "another connection of this process holds the table in the shared cache: finish its statements first"},
    {5, "S209", "the database is locked: stop the API server, executors and viewers, or raise the busy time-out"},
    {6, "S209", "a statement of this same connection still reads the table: finish or reset it first"},
    {1032, "S210", "the file was moved or replaced while it was open: close every program that uses it and run again"},
    {776, "S210",
     "a program died while it wrote and the file must be rolled back first: open the database once for writing"},
    {264, "S210", "the write-ahead log must be recovered first: open the database once for writing"},
    {520, "S210",
     "the write-ahead log's shared memory is read-only: give write permission on the -shm file and its folder, or copy "
     "the database, -wal and -shm files elsewhere"},
    {1288, "S210",
     "the write-ahead log needs a -shm file, and none can be made: give write permission on the folder, or copy the "
     "database and its -wal file elsewhere"},
    {1544, "S210",
     "the folder is read-only, and SQLite must make a journal beside the database: give write permission on the "
     "folder"},
    {8, "S210",
     "the database was opened read-only or the file is write-protected: check the permissions of the file and of its "
     "folder, or open it for writing"},
    {270, "S206", "no folder for temporary files can be written: set SQLITE_TMPDIR"},
    {526, "S206", "the path is a folder: name the database file in it"},
    {1550, "S206", "the path is a symbolic link, which is not allowed here: name the file itself"},
    {14, "S206", "check that the folder exists and that this user may read and write the file and its folder"},
    {3, "S206", "check the permissions of the file and of its folder"},
    {26, "S207", "check the path; an encrypted database must be decrypted first, by the program that made it"},
    {11, "S208", "the file is damaged: restore a backup, or save what can be read with: sqlite3 FILE .recover"},
    {13, "S211",
     "the disk is full: free space on the disk of the database and on that of temporary files (SQLITE_TMPDIR), then "
     "run again"},
    {3082, "S213", "not enough memory: close other programs or lower the cache size"},
    {10, "S212",
     "the disk or the network file system failed: check the disk and its log, and do not keep databases on network "
     "folders"},
    {22, "S212", "the file system has no large files: move the database"},
    {15, "S212", "the locks of the file system do not work: do not keep databases on network folders"},
    {7, "S213", "not enough memory: close other programs or lower the cache size"},
    {18, "S214", "a text, blob or statement is longer than SQLite's limit: shorten it or raise the limit"},
    {2067, "S216", "remove the duplicate, or update the row that is there"},
    {1555, "S216", "remove the duplicate, or update the row that is there"},
    {2579, "S216", "remove the duplicate, or update the row that is there"},
    {1299, "S217", "give the column a value"},
    {275, "S218", "correct the value, or the CHECK constraint if it is too narrow"},
    {787, "S219", "insert the referenced row first, or delete the referencing rows first"},
    {3091, "S220", "give a value of the declared type: the table is STRICT"},
    {1811, "S220", "a trigger refused the change: see its text in sqlite_schema"},
    {19, "S220", "correct the row, or the constraint"},
    {20, "S220", "give an integer: the column is an INTEGER PRIMARY KEY or the value must be a whole number"},
    {17, "S221", "another program changed the schema: run again; close programs that keep old statements"},
    {516, "S222", "the transaction was rolled back under this statement: begin again"},
    {9, "S222", "the work was interrupted: nothing of the statement was kept; run again when wanted"},
    {4, "S222", "the work was stopped: nothing of the statement was kept; run again when wanted"},
    {21, "S223", "this is a mistake in the program: see the documentation of the call"},
    {25, "S223", "parameters are numbered from 1 and columns from 0: count them in the SQL"},
    {23, "S234", "the authorizer of this connection forbids the statement"},
    {257, "S215", "register the collation before the statement is prepared"},
    {1, "S215", "check the SQL, and that the schema is the one the program was written for"},
};

/// The verdict on a result code; a code that is not known is S229.
constexpr verdict verdict_on(int result) {
    for (const int wanted : {result, result & 0xff})
        for (const verdict& known : verdicts)
            if (known.result == wanted) return known;
    return {result, "S229", "see https://sqlite.org/rescode.html for this code"};
}

} // namespace autopack_schema::sqlite::detail
