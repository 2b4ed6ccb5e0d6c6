/*
 * Feeds every file of the folders on the command line to the fuzz target it is linked with, so
 * that any compiler's build runs the corpus and the past crashes. A folder may be missing, but
 * having run nothing is a failure.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

enum { PATH_BYTES = 1024 };

static bool read_whole(FILE *f, size_t size)
{
    /* A block of the exact size: the address sanitizer sees the first byte read past it. */
    uint8_t *data = malloc(size ? size : 1);
    const bool ok = data && fread(data, 1, size, f) == size;
    if (ok)
        LLVMFuzzerTestOneInput(data, size);
    free(data);
    return ok;
}

/* False when the file could not be read. Counts it in *ran when it was run. */
static bool run_file(const char *path, size_t *ran)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    if (!S_ISREG(st.st_mode))
        return true;
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    fprintf(stderr, "%s\n", path); /* before it runs: the last line names the one that crashed */
    const bool ok = read_whole(f, (size_t)st.st_size);
    fclose(f);
    *ran += ok;
    return ok;
}

static bool run_named(const char *folder, const char *name, size_t *ran)
{
    char path[PATH_BYTES];
    const int n = snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (n > 0 && (size_t)n < sizeof(path) && run_file(path, ran))
        return true;
    fprintf(stderr, "replay: cannot read %s/%s\n", folder, name);
    return false;
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool run_folder(const char *folder, size_t *ran)
{
    struct dirent **entry = NULL;
    const int n = scandir(folder, &entry, not_hidden, alphasort);
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok = run_named(folder, entry[i]->d_name, ran) && ok;
        free(entry[i]);
    }
    free(entry);
    return ok;
}

int main(int argc, char **argv)
{
    size_t ran = 0;
    bool ok = true;
    for (int i = 1; i < argc; i++)
        ok = run_folder(argv[i], &ran) && ok;
    printf("%zu files replayed\n", ran);
    return ok && ran > 0 ? 0 : 1;
}
