/* What a pattern needs, and whether it may match at a word of a stretch. */

#include "_words.h"

/* The set of whoever may be a person, as in tables.py. */
#define PERSON 0

/* What a pattern needs: sets anywhere in the stretch, a person, and sets right before and after its word (-1: none).
   A pattern may need more than there is room for; then it is looked at a little too often. */
#define MOST_NEEDS 8
typedef struct {
    int ready;
    int person;
    int before;
    int after;
    int needs;
    int need[MOST_NEEDS];
} Pattern;

/* Read what a pattern needs; 0 where it cannot be read. */
static int made_ready(Pattern *pattern, PyObject *parts, Py_ssize_t sets)
{
    PyObject *needs;
    char *data;
    Py_ssize_t size;
    Pattern read = {.ready = 1};
    if (parts == NULL || !PyTuple_Check(parts) || !PyArg_ParseTuple(parts, "Sii", &needs, &read.before, &read.after)
        || PyBytes_AsStringAndSize(needs, &data, &size) < 0)
        goto wrong;
    for (Py_ssize_t at = 0; at + 4 <= size; at += 4) {
        uint32_t set = number_at(data + at);
        if (set >= (uint64_t)sets)
            goto wrong;
        if (set == PERSON)
            read.person = 1;
        else if (read.needs < MOST_NEEDS)
            read.need[read.needs++] = (int)set;
    }
    if (read.before < -1 || read.before >= sets || read.after < -1 || read.after >= sets)
        goto wrong;
    *pattern = read;
    return 1;
wrong:
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "what a pattern needs is sets, one before and one after");
    return 0;
}

/* Whether all that a pattern needs is there, but for a person, and beside its word or in the word itself what has to
   stand there. Where two words are read as one it is not known which stand side by side. */
static inline int may(const Pattern *pattern, const uint64_t *known, const List *words, Py_ssize_t at, int opens,
                      int joined)
{
    for (int k = 0; k < pattern->needs; k++)
        if (!holds(known, pattern->need[k]))
            return 0;
    if (joined)
        return 1;
    const Word *here = words->items[at];
    const Word *before = at > 0 ? words->items[at - 1] : NULL;
    const Word *after = at + 1 < words->count ? words->items[at + 1] : NULL;
    if (pattern->after >= 0 && !holds(here->row, pattern->after) && !(after && holds(after->row, pattern->after)))
        return 0;
    if (pattern->before >= 0 && !holds(here->row, pattern->before) && !(before && holds(before->row, pattern->before)))
        return 0;
    return !(opens && before && before->goes_on);
}
