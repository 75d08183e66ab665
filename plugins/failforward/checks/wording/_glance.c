/* The quick look of glance.py, compiled: the same answers, several times as fast.

   The words of a stretch are looked up, their sets put together, and the patterns that begin at one of them asked
   whether all that they need is there. */

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

typedef struct {
    PyObject_HEAD
    PyObject *needed; /* the tuple of tables.py: a pattern is taken out of it when it is first met */
    PyObject *named;  /* text of a stretch -> whether somebody who is known by name may be named */
    Pattern *patterns;
    Memory memory;
    int busy; /* calls under way: while there are any, no word that they may hold is given back */
} Look;

/* What a call works with: the words of the stretch, those of them that nobody keeps, all their sets together, and the
   patterns found. */
typedef struct {
    List words;
    List passing;
    Row known;
    char *seen;
    int *found;
} Work;

/* ------------------------------------------------------------------------------------------------ where to look */

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

/* ------------------------------------------------------------------------------------------------ patterns */

/* Take what a pattern needs out of the tables; NULL where that cannot be read. */
static const Pattern *pattern_at(Look *self, int place)
{
    Pattern *pattern = &self->patterns[place];
    if (pattern->ready)
        return pattern;
    Row rows[3] = {NULL, NULL, NULL};
    PyObject *parts = PyTuple_GetItem(self->needed, place);
    int failed = parts == NULL || !PyTuple_Check(parts) || PyTuple_Size(parts) != 3;
    for (int k = 0; !failed && k < 3; k++)
        failed = as_row(PyTuple_GetItem(parts, k), self->memory.width, &rows[k]) < 0;
    Pattern read = {.ready = 1, .person = holds(rows[0], PERSON), .before = -1, .after = -1};
    for (int bit = 0; !failed && bit < self->memory.width * 64; bit++) {
        if (holds(rows[0], bit) && bit != PERSON && read.needs < MOST_NEEDS)
            read.need[read.needs++] = bit;
        read.before = holds(rows[1], bit) ? bit : read.before;
        read.after = holds(rows[2], bit) ? bit : read.after;
    }
    for (int k = 0; k < 3; k++)
        PyMem_Free(rows[k]);
    if (failed && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "what a pattern needs is three numbers");
    if (!failed)
        *pattern = read;
    return failed ? NULL : pattern;
}

/* Whether all that a pattern needs is there, but for a person, and beside its word or in the word itself what has to
   stand there. Where two words are read as one it is not known which stand side by side. */
static inline int may(const Pattern *pattern, const Begun *begun, const Work *work, Py_ssize_t at, int joined)
{
    for (int k = 0; k < pattern->needs; k++)
        if (!holds(work->known, pattern->need[k]))
            return 0;
    if (joined)
        return 1;
    const Word *here = work->words.items[at];
    const Word *before = at > 0 ? work->words.items[at - 1] : NULL;
    const Word *after = at + 1 < work->words.count ? work->words.items[at + 1] : NULL;
    if (pattern->after >= 0 && !holds(here->row, pattern->after) && !(after && holds(after->row, pattern->after)))
        return 0;
    if (pattern->before >= 0 && !holds(here->row, pattern->before) && !(before && holds(before->row, pattern->before)))
        return 0;
    return !(begun->opens && before && before->goes_on);
}

static int somebody_named(Look *self, const char *start, const char *end)
{
    PyObject *text = PyUnicode_DecodeUTF8(start, end - start, NULL);
    PyObject *answer = text ? PyObject_CallFunctionObjArgs(self->named, text, NULL) : NULL;
    int named = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(text);
    Py_XDECREF(answer);
    return named;
}

static inline void add(uint64_t *restrict known, const uint64_t *restrict row, Py_ssize_t width)
{
    for (Py_ssize_t k = 0; k < width; k++)
        known[k] |= row[k];
}

/* Look up the words of a stretch, and put their sets together; `joined` is told whether two of them are one. */
static int read_words(Look *self, Work *work, const char *start, const char *end, int *joined)
{
    int one = memchr(start, '_', (size_t)(end - start)) != NULL;
    work->words.count = 0;
    for (const char *at = start; at < end;) {
        int size = blank(at, end);
        const char *word = at;
        if (size) {
            at += size;
            continue;
        }
        while (at < end && !blank(at, end))
            at++;
        one |= at - word >= 3 && (word[0] | 32) == 'o' && (word[1] | 32) == 'n' && (word[2] | 32) == 'e';
        if (take(&self->memory, word, at - word, &work->words, &work->passing) < 0)
            return -1;
    }
    *joined = one && no_one(start, end);
    if (*joined && take(&self->memory, "nobody", 6, &work->words, &work->passing) < 0)
        return -1;
    memset(work->known, 0, (size_t)self->memory.width * 8);
    for (Py_ssize_t at = 0; at < work->words.count; at++)
        if (work->words.items[at]->row != NULL)
            add(work->known, work->words.items[at]->row, self->memory.width);
    return 0;
}

/* Give the set of the patterns that may match in a stretch; NULL where something went wrong. */
static PyObject *wanted(Look *self, Work *work, const char *start, const char *end)
{
    int joined = 0, persons = 0, failed = read_words(self, work, start, end, &joined) < 0;
    Py_ssize_t found = 0;
    for (Py_ssize_t at = 0; !failed && at < work->words.count; at++) {
        const Word *word = work->words.items[at];
        for (Py_ssize_t k = 0; k < word->begins; k++) {
            const Begun *begun = &word->begun[k];
            const Pattern *pattern = pattern_at(self, begun->place);
            failed = pattern == NULL;
            if (failed)
                break;
            if (!work->seen[begun->place] && may(pattern, begun, work, at, joined)) {
                work->seen[begun->place] = 1;
                work->found[found++] = begun->place;
                persons |= pattern->person;
            }
        }
    }
    int somebody = failed || !persons || holds(work->known, PERSON) ? 1 : somebody_named(self, start, end);
    PyObject *set = failed || somebody < 0 ? NULL : PySet_New(NULL);
    for (Py_ssize_t k = 0; k < found; k++) {
        work->seen[work->found[k]] = 0;
        if (set == NULL || (!somebody && self->patterns[work->found[k]].person))
            continue;
        PyObject *number = PyLong_FromLong(work->found[k]);
        if (number == NULL || PySet_Add(set, number) < 0)
            Py_CLEAR(set);
        Py_XDECREF(number);
    }
    return set;
}

/* Put the stretches of a text into a list. */
static int look_over(Look *self, Work *work, const char *start, const char *end, int plain, PyObject *all)
{
    Py_ssize_t character = 0;
    for (const char *until; start < end; start = until) {
        until = stretch_end(start, end);
        Py_ssize_t length = plain ? until - start : characters(start, until);
        PyObject *set = wanted(self, work, start, until), *one = NULL;
        int failed = set == NULL;
        if (!failed && PySet_Size(set) > 0) {
            one = Py_BuildValue("nnO", character, character + length, set);
            failed = one == NULL || PyList_Append(all, one) < 0;
        }
        Py_XDECREF(one);
        Py_XDECREF(set);
        while (work->passing.count > 0)
            give_back(work->passing.items[--work->passing.count]);
        if (failed)
            return -1;
        character += length;
    }
    return 0;
}

static PyObject *over(Look *self, PyObject *text)
{
    Py_ssize_t size;
    const char *start = PyUnicode_AsUTF8AndSize(text, &size);
    if (start != NULL && self->memory.find == NULL)
        PyErr_SetString(PyExc_ValueError, "it has not been made");
    if (start == NULL || self->memory.find == NULL)
        return NULL;
    if (self->memory.count >= MOST_WORDS && !self->busy)
        forget(&self->memory);
    size_t patterns = (size_t)self->memory.places + 1;
    PyObject *all = PyList_New(0);
    Work work = {
        .known = PyMem_Malloc((size_t)self->memory.width * 8),
        .seen = PyMem_Calloc(patterns, 1),
        .found = PyMem_Malloc(patterns * sizeof(int)),
    };
    self->busy++;
    if (work.known == NULL || work.seen == NULL || work.found == NULL) {
        PyErr_NoMemory();
        Py_CLEAR(all);
    }
    if (all && look_over(self, &work, start, start + size, PyUnicode_GetLength(text) == size, all) < 0)
        Py_CLEAR(all);
    self->busy--;
    PyMem_Free(work.words.items);
    PyMem_Free(work.passing.items);
    PyMem_Free(work.known);
    PyMem_Free(work.seen);
    PyMem_Free(work.found);
    return all;
}

/* ------------------------------------------------------------------------------------------------ the type */

static int init(Look *self, PyObject *args, PyObject *kwargs)
{
    PyObject *needed, *find, *named;
    Py_ssize_t bits;
    static char *names[] = {"needed", "bits", "find", "named", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!nOO", names, &PyTuple_Type, &needed, &bits, &find, &named))
        return -1;
    if (self->patterns != NULL || bits < 1 || bits > 1 << 20) {
        PyErr_SetString(PyExc_ValueError, "it is made once, with some bits");
        return -1;
    }
    self->memory.places = PyTuple_Size(needed);
    self->memory.width = (bits + 63) / 64;
    self->patterns = PyMem_Calloc((size_t)self->memory.places + 1, sizeof(Pattern));
    if (self->patterns == NULL || grow(&self->memory) < 0) {
        PyErr_NoMemory();
        return -1;
    }
    self->memory.seed = (uint64_t)(uintptr_t)self->patterns * 0x9E3779B97F4A7C15u;
    self->memory.find = Py_NewRef(find);
    self->needed = Py_NewRef(needed);
    self->named = Py_NewRef(named);
    return 0;
}

static int traverse(Look *self, visitproc visit, void *arg)
{
    Py_VISIT((PyObject *)Py_TYPE((PyObject *)self));
    Py_VISIT(self->needed);
    Py_VISIT(self->named);
    Py_VISIT(self->memory.find);
    return 0;
}

static int clear(Look *self)
{
    Py_CLEAR(self->needed);
    Py_CLEAR(self->named);
    Py_CLEAR(self->memory.find);
    return 0;
}

static void dealloc(Look *self)
{
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    PyObject_GC_UnTrack(self);
    clear(self);
    forget(&self->memory);
    PyMem_Free(self->memory.slots);
    PyMem_Free(self->patterns);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"over", (PyCFunction)over, METH_O, "Give the stretches of a text in which any patterns may match, with these."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Tells which patterns may match in the stretches of a text."},
    {Py_tp_init, init},
    {Py_tp_traverse, traverse},
    {Py_tp_clear, clear},
    {Py_tp_dealloc, dealloc},
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {
    "failforward.checks.wording._glance.Look", sizeof(Look), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots,
};

static int execute(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&spec);
    int failed = type == NULL || PyModule_AddObjectRef(module, "Look", type) < 0;
    Py_XDECREF(type);
    return failed ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_glance", "The quick look, compiled.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__glance(void) { return PyModuleDef_Init(&module); }
