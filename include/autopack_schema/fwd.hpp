// SPDX-License-Identifier: MIT
#pragma once

// Forward declarations only; costs nothing (a test counts its preprocessed lines).

namespace autopack_schema {

class error;
struct change;
struct error_info;
struct rules;

namespace model {

class snapshot;
struct check_constraint;
struct column;
struct foreign_key;
struct index;
struct key_part;
struct name;
struct primary_key;
struct schema;
struct table;
struct trigger;
struct unique_constraint;
struct view;

} // namespace model

namespace db {

struct url;

} // namespace db

namespace sqlite {

class connection;
class savepoint;
class statement;
class transaction;

} // namespace sqlite

} // namespace autopack_schema
