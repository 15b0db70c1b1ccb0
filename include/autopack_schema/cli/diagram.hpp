// SPDX-License-Identifier: MIT
#pragma once

// A schema as a drawing: Mermaid, Graphviz or SVG; drift coloured.

#include <autopack_schema/cli/diagram/dot.hpp>
#include <autopack_schema/cli/diagram/drift.hpp>
#include <autopack_schema/cli/diagram/mermaid.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>
#include <autopack_schema/cli/diagram/svg.hpp>
