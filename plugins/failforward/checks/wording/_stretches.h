/* Where the stretches of a text end, and what is one word in them, as in sentences.py. */

static inline int lower(char c) { return c >= 'a' && c <= 'z'; }

static int ends_with(const char *start, const char *end, const char *word)
{
    size_t size = strlen(word);
    return (size_t)(end - start) >= size && memcmp(end - size, word, size) == 0;
}

/* Where the stretch that begins at `start` ends: behind the next clear stop, as in sentences.py, or at the end. */
static const char *stretch_end(const char *start, const char *end)
{
    for (const char *at = start; (at = memchr(at, '.', (size_t)(end - at))) != NULL; at++) {
        if (end - at < 3 || at[1] != ' ' || at[2] < 'A' || at[2] > 'Z' || at - start < 4)
            continue;
        if (!(lower(at[-1]) && lower(at[-2]) && lower(at[-3]) && lower(at[-4])))
            continue;
        if (!(ends_with(start, at, "approx") || ends_with(start, at, "resp") || ends_with(start, at, "incl")
              || ends_with(start, at, "dept")))
            return at + 1;
    }
    return end;
}

/* Whether “no one” stands in a stretch, which is one word; as in sentences.py, “one” is in small letters somewhere. */
static int no_one(const char *start, const char *end)
{
    int one = 0, both = 0;
    for (const char *at = start; end - at >= 3 && !(one && both); at++) {
        if (at[0] == 'o' && at[1] == 'n' && at[2] == 'e')
            one = 1;
        if ((at[0] | 32) != 'n' || (at[1] | 32) != 'o')
            continue;
        const char *next = at + 2;
        for (int size; next < end && (size = *next == '_' ? 1 : blank(next, end)) > 0;)
            next += size;
        if (next > at + 2 && end - next >= 3 && (*next | 32) == 'o' && (next[1] | 32) == 'n' && (next[2] | 32) == 'e')
            both = 1;
    }
    return one && both;
}

static Py_ssize_t characters(const char *start, const char *end)
{
    Py_ssize_t count = 0;
    for (; start < end; start++)
        count += ((unsigned char)*start & 0xC0) != 0x80;
    return count;
}
