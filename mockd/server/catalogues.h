#ifndef MOCKD_SERVER_CATALOGUES_H
#define MOCKD_SERVER_CATALOGUES_H

#include "mockd/core/catalogue.h"

/* Every provider's catalogue, also of those whose endpoints are not served. */
extern const struct catalogue *const k_catalogues[];
extern const size_t k_ncatalogues;

#endif
