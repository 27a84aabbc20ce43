// Debian: libpq-dev
#include <libpq-fe.h>
