// SPDX-License-Identifier: MIT
// A planted mistake that the fuzzing set-up must find: one byte behind the end, reached by inputs that begin with "ap".
#include <cstddef>
#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> copy(data, data + size);
    if (size > 2 && data[0] == 'a' && data[1] == 'p') {
        const volatile std::uint8_t* end = copy.data() + size;
        return *end == 1 ? 0 : 0;
    }
    return 0;
}
