/* The quick look of glance.py, compiled: the same answers, several times as fast.

   The words of a stretch are looked up, their sets put together, and the patterns that begin at one of them asked
   whether all that they need is there. */

#include "_patterns.h"
#include "_members.h"
#include "_stretches.h"

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

static int somebody_named(Look *self, const char *start, const char *end)
{
    PyObject *text = PyUnicode_DecodeUTF8(start, end - start, NULL);
    PyObject *answer = text ? PyObject_CallFunctionObjArgs(self->named, text, NULL) : NULL;
    int named = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(text);
    Py_XDECREF(answer);
    return named;
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
        join(work->known, work->words.items[at]->row, self->memory.width);
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
            Pattern *pattern = &self->patterns[begun->place];
            failed = !pattern->ready
                && !made_ready(pattern, PyTuple_GetItem(self->needed, begun->place), self->memory.sets);
            if (failed)
                break;
            if (!work->seen[begun->place] && may(pattern, work->known, &work->words, at, begun->opens, joined)) {
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
    Py_ssize_t sets;
    static char *names[] = {"needed", "sets", "find", "named", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!nOO", names, &PyTuple_Type, &needed, &sets, &find, &named))
        return -1;
    if (self->patterns != NULL || sets < 1 || sets > 1 << 20) {
        PyErr_SetString(PyExc_ValueError, "it is made once, with some sets");
        return -1;
    }
    self->memory.places = PyTuple_Size(needed);
    self->memory.sets = sets;
    self->memory.width = (sets + 63) / 64;
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
    PyObject *look = PyType_FromSpec(&spec), *members = PyType_FromSpec(&members_spec);
    int failed = look == NULL || members == NULL || PyModule_AddObjectRef(module, "Look", look) < 0
        || PyModule_AddObjectRef(module, "Members", members) < 0;
    Py_XDECREF(look);
    Py_XDECREF(members);
    return failed ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_glance", "The quick look, compiled.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__glance(void) { return PyModuleDef_Init(&module); }
