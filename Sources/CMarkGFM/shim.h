// Debian: libcmark-gfm-dev, libcmark-gfm-extensions-dev
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
