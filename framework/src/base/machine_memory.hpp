#pragma once

namespace infoplane {

/// The memory in bytes that this process may use: the machine's, or the limit of its control group if that is less.
double machine_memory();

}  // namespace infoplane
