#pragma once
// Debian: libxxhash-dev
#include <xxhash.h>
