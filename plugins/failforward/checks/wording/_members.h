/* To which sets words belong, for `_glance.c`: the twin of members.py. The words stand in order in one text, so that a
   word is found by halving, and nothing is made of the others. */

typedef struct {
    PyObject_HEAD
    PyObject *words;
    PyObject *numbers;
    PyObject *sets;
    uint32_t *starts; /* where each word begins in the text as UTF-8, and one behind its end */
    Py_ssize_t count;
} Members;

static int members_init(Members *self, PyObject *args, PyObject *kwargs)
{
    PyObject *words, *numbers, *sets;
    Py_ssize_t size, count = 0;
    static char *names[] = {"words", "numbers", "sets", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "USO!", names, &words, &numbers, &PyTuple_Type, &sets))
        return -1;
    const char *text = PyUnicode_AsUTF8AndSize(words, &size);
    if (text == NULL)
        return -1;
    for (Py_ssize_t at = 0; at < size; at++)
        count += at == 0 || text[at] == ' ';
    if (self->starts != NULL || size >= UINT32_MAX || PyBytes_Size(numbers) != count * 4) {
        PyErr_SetString(PyExc_ValueError, "it is made once, with a number for each word");
        return -1;
    }
    self->starts = PyMem_Malloc(((size_t)count + 1) * sizeof(uint32_t));
    if (self->starts == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->starts[0] = 0;
    for (Py_ssize_t at = 0; at < size; at++)
        if (text[at] == ' ')
            self->starts[++self->count] = (uint32_t)at + 1;
    self->count = count;
    self->starts[count] = (uint32_t)size + 1;
    self->words = Py_NewRef(words);
    self->numbers = Py_NewRef(numbers);
    self->sets = Py_NewRef(sets);
    return 0;
}

/* Give the place of a word among the words; -1 where it is none of them. */
static Py_ssize_t place_of(const Members *self, const char *key, Py_ssize_t size)
{
    const char *text = self->count ? PyUnicode_AsUTF8AndSize(self->words, NULL) : NULL;
    for (Py_ssize_t low = 0, high = text ? self->count : 0; low < high;) {
        Py_ssize_t middle = low + (high - low) / 2;
        Py_ssize_t length = (Py_ssize_t)self->starts[middle + 1] - 1 - self->starts[middle];
        int order = memcmp(key, text + self->starts[middle], (size_t)(size < length ? size : length));
        if (order == 0 && size == length)
            return middle;
        if (order < 0 || (order == 0 && size < length))
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

static PyObject *members_of(Members *self, PyObject *word)
{
    Py_ssize_t size;
    const char *key = PyUnicode_AsUTF8AndSize(word, &size);
    Py_ssize_t place = key ? place_of(self, key, size) : -1;
    /* No word that is known holds half of a character. */
    if (key == NULL && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        PyErr_Clear();
    if (PyErr_Occurred())
        return NULL;
    if (place < 0)
        return PyBytes_FromStringAndSize(NULL, 0);
    uint32_t number = number_at(PyBytes_AsString(self->numbers) + place * 4);
    PyObject *sets = PyTuple_GetItem(self->sets, (Py_ssize_t)number);
    return sets ? Py_NewRef(sets) : NULL;
}

static void members_dealloc(Members *self)
{
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    Py_XDECREF(self->words);
    Py_XDECREF(self->numbers);
    Py_XDECREF(self->sets);
    PyMem_Free(self->starts);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef members_methods[] = {
    {"of", (PyCFunction)members_of, METH_O, "Give the sets that a word belongs to."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot members_slots[] = {
    {Py_tp_doc, "Tells to which sets words belong."},
    {Py_tp_init, members_init},
    {Py_tp_dealloc, members_dealloc},
    {Py_tp_methods, members_methods},
    {0, NULL},
};

static PyType_Spec members_spec = {
    "failforward.checks.wording._glance.Members", sizeof(Members), 0, Py_TPFLAGS_DEFAULT, members_slots,
};
