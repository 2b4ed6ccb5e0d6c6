#include "mockd/domain/msisdn.h"
#include "mockd/providers/smspartner/location.h"

enum { ZIP_DIGITS = 5, VOLUME_MIN = 50, VOLUME_MAX = 500 };

static const struct str k_departments[] = {
#define D(name) STR_INIT(name)
    D("01"),  D("02"), D("03"), D("04"), D("05"), D("06"), D("07"),  D("08"),  D("09"),  D("10"),
    D("11"),  D("12"), D("13"), D("14"), D("15"), D("16"), D("17"),  D("18"),  D("19"),  D("2A"),
    D("2B"),  D("21"), D("22"), D("23"), D("24"), D("25"), D("26"),  D("27"),  D("28"),  D("29"),
    D("30"),  D("31"), D("32"), D("33"), D("34"), D("35"), D("36"),  D("37"),  D("38"),  D("39"),
    D("40"),  D("41"), D("42"), D("43"), D("44"), D("45"), D("46"),  D("47"),  D("48"),  D("49"),
    D("50"),  D("51"), D("52"), D("53"), D("54"), D("55"), D("56"),  D("57"),  D("58"),  D("59"),
    D("60"),  D("61"), D("62"), D("63"), D("64"), D("65"), D("66"),  D("67"),  D("68"),  D("69"),
    D("70"),  D("71"), D("72"), D("73"), D("74"), D("75"), D("76"),  D("77"),  D("78"),  D("79"),
    D("80"),  D("81"), D("82"), D("83"), D("84"), D("85"), D("86"),  D("87"),  D("88"),  D("89"),
    D("90"),  D("91"), D("92"), D("93"), D("94"), D("95"), D("971"), D("972"), D("973"), D("974"),
    D("976"),
#undef D
};

enum { DEPARTMENTS = sizeof(k_departments) / sizeof(k_departments[0]) };

struct str department_at(size_t i)
{
    return i < DEPARTMENTS ? k_departments[i] : (struct str){0};
}

static struct str department_named(struct str name)
{
    for (size_t i = 0; i < DEPARTMENTS; i++) {
        if (str_eq_nocase(k_departments[i], name))
            return k_departments[i];
    }
    return (struct str){0};
}

struct str place_department(struct str name, bool zip)
{
    if (!zip)
        return department_named(name);
    if (!msisdn_is_digits(name, ZIP_DIGITS, ZIP_DIGITS))
        return (struct str){0};
    if (str_starts(name, STR("20"))) /* Corsica: 200 and 201 are the south */
        return name.p[2] < '2' ? STR("2A") : STR("2B");
    const size_t n = str_starts(name, STR("97")) ? 3 : 2;
    return department_named((struct str){name.p, n});
}

int64_t place_volume(struct str name)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (unsigned char)name.p[i]) * UINT64_C(1099511628211);
    return VOLUME_MIN + (int64_t)((h ^ h >> 32) % (VOLUME_MAX - VOLUME_MIN + 1));
}
