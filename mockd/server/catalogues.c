#include "mockd/server/catalogues.h"

#include "mailpartner_errors.h"
#include "nexmo_errors.h"
#include "smspartner_errors.h"
#include "voicepartner_errors.h"

const struct catalogue *const k_catalogues[] = {
    &smspartner_catalogue,
    &voicepartner_catalogue,
    &mailpartner_catalogue,
    &nexmo_catalogue,
};

const size_t k_ncatalogues = sizeof(k_catalogues) / sizeof(k_catalogues[0]);
