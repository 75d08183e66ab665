/* The walk of walk.py, compiled: it sees the same blocks, in the same places.

   What the parser's words mean is said in Python: `signs` gives of each the bits in `_blocks.h`, `kinds` the kind of
   block that a tag begins. */

#include "_blocks.h"

/* End a block, and begin or end what may be the next one. */
static int border(Walk *walk, long name, long tag, PyObject *word, PyObject *value)
{
    PyObject *words = joined(walk);
    if (words == NULL)
        return -1;
    int failed = 0;
    if (PyUnicode_GetLength(words) > 0) {
        PyObject *blank = PyObject_CallMethod(words, "isspace", NULL);
        failed = blank == NULL;
        if (blank == Py_False)
            failed = row(walk, walk->kind, words, walk->task, walk->pieces, walk->start) < 0;
        Py_XDECREF(blank);
    }
    if (!failed && PyList_Size(walk->lines))
        failed = html(walk) < 0;
    if (!failed)
        failed = emptied(walk->parts) < 0;
    if (walk->offset) {
        Py_DECREF(walk->pieces);
        walk->pieces = PyList_New(0);
        walk->offset = 0;
    }
    walk->kind = NULL;
    if (name & START) {
        int plain = value == word || PyDict_GetItemWithError(value, word) == Py_None;
        walk->task = 0;
        walk->silent = tag & SILENT || (tag & QUOTATION && plain && !walk->quotations);
        if (!walk->silent) {
            walk->kind = walk->lists && tag & PARAGRAPH ? walk->item : PyDict_GetItemWithError(walk->kinds, word);
            walk->lists += (tag & LIST) != 0;
            walk->deep += (tag & DEEP) != 0;
            walk->start = place(walk, "start");
            walk->row = tag & ROW ? walk->start : walk->row;
            walk->start = walk->row >= 0 ? walk->row : walk->start;
        }
    }
    else {
        walk->silent = 0;
        walk->lists -= (tag & LIST) != 0;
        walk->deep -= (tag & DEEP) != 0;
        walk->row = tag & ROW ? -1 : walk->row;
        if (tag & HEADING && !walk->deep)
            stand_over(walk, words, place(walk, "end"));
    }
    Py_DECREF(words);
    return failed || PyErr_Occurred() ? -1 : 0;
}

/* Give what a reader takes from a thing inside a sentence, borrowed. */
static PyObject *inside(Walk *walk, long name, long tag, PyObject *word, PyObject *value)
{
    int address = 0;
    if (name & START && tag & LINK && PyDict_Check(value)) {
        PyObject *link = PyDict_GetItemWithError(value, word);
        PyObject *type = link && PyDict_Check(link) ? PyDict_GetItemWithError(link, walk->link_type) : NULL;
        address = type != NULL && PyUnicode_Check(type)
            && (PyUnicode_CompareWithASCIIString(type, "Autolink") == 0
                || PyUnicode_CompareWithASCIIString(type, "Email") == 0);
    }
    walk->silent = name & START && (address || tag & IMAGE);
    if (name & START)
        return address ? walk->object : walk->nothing;
    walk->task |= (name & TASK) != 0;
    if (name & THING)
        return walk->object;
    if (name & INLINE_HTML) {
        PyObject *start = PyUnicode_Substring(value, 0, 3);
        PyObject *low = start ? PyObject_CallMethod(start, "lower", NULL) : NULL;
        int broken = low != NULL && PyUnicode_CompareWithASCIIString(low, "<br") == 0;
        Py_XDECREF(start);
        Py_XDECREF(low);
        return low == NULL ? NULL : broken ? walk->blank : walk->nothing;
    }
    return walk->nothing;
}

static int step(Walk *walk, PyObject *event)
{
    PyObject *key, *value, *word = NULL, *rest;
    if (PyUnicode_Check(event))
        return walk->kind && !walk->silent ? add(walk, walk->blank) : 0;
    if (only(event, &key, &value) < 0)
        return -1;
    if (PyUnicode_Compare(key, walk->text) == 0)
        return walk->kind && !walk->silent ? add(walk, value) : 0;
    long name = signs_of(walk, key), tag = 0;
    if (walk->silent) {
        walk->silent += (name & START) - (name & END) / END;
        return name < 0 ? -1 : 0;
    }
    if (name & (START | END)) {
        word = value;
        if (!PyUnicode_Check(value) && only(value, &word, &rest) < 0)
            return -1;
        tag = signs_of(walk, word);
    }
    if (name < 0 || tag < 0)
        return -1;
    if (tag & BORDER)
        return border(walk, name, tag, word, value);
    if (name & HTML) {
        PyObject *line = Py_BuildValue("(Ol)", value, place(walk, "start"));
        int failed = line == NULL || PyList_Append(walk->lines, line) < 0;
        Py_XDECREF(line);
        return failed ? -1 : 0;
    }
    if (walk->kind == NULL || tag & INLINE)
        return 0;
    PyObject *part = inside(walk, name, tag, word, value);
    return part == NULL || PyErr_Occurred() ? -1 : add(walk, part);
}

/* Follow an event, which comes with its place where places are asked for. */
static int follow(Walk *walk, PyObject *event)
{
    if (!walk->placed)
        return step(walk, event);
    if (!PyTuple_Check(event) || !PyArg_ParseTuple(event, "OO!", &event, &PyDict_Type, &walk->where)) {
        PyErr_SetString(PyExc_TypeError, "the parser told no place");
        return -1;
    }
    return step(walk, event);
}

/* Walk until there are so many blocks, or to the end. */
static PyObject *through(PyObject *args, int placed)
{
    Walk walk = {.placed = placed, .row = -1};
    PyObject *events;
    Py_ssize_t most = PY_SSIZE_T_MAX;
    if (!PyArg_ParseTuple(args, "OO!O!UpO|n", &events, &PyDict_Type, &walk.signs, &PyDict_Type, &walk.kinds,
                          &walk.object, &walk.quotations, &walk.html, &most))
        return NULL;
    walk.text = PyUnicode_InternFromString("Text");
    walk.blank = PyUnicode_InternFromString(" ");
    walk.nothing = PyUnicode_InternFromString("");
    walk.item = PyUnicode_InternFromString("item");
    walk.link_type = PyUnicode_InternFromString("link_type");
    walk.heading = PyUnicode_InternFromString("");
    walk.rows = PyList_New(0);
    walk.parts = PyList_New(0);
    walk.lines = PyList_New(0);
    walk.pieces = PyList_New(0);
    PyObject *each = PyErr_Occurred() ? NULL : PyObject_GetIter(events), *event;
    int failed = each == NULL;
    while (!failed && PyList_Size(walk.rows) < most && (event = PyIter_Next(each)) != NULL) {
        failed = follow(&walk, event) < 0;
        Py_DECREF(event);
    }
    Py_XDECREF(each);
    Py_XDECREF(walk.text);
    Py_XDECREF(walk.blank);
    Py_XDECREF(walk.nothing);
    Py_XDECREF(walk.item);
    Py_XDECREF(walk.link_type);
    Py_XDECREF(walk.heading);
    Py_XDECREF(walk.parts);
    Py_XDECREF(walk.lines);
    Py_XDECREF(walk.pieces);
    if (failed || PyErr_Occurred())
        Py_CLEAR(walk.rows);
    return walk.rows;
}

static PyObject *seen(PyObject *module, PyObject *args) { return (void)module, through(args, 0); }

static PyObject *standing(PyObject *module, PyObject *args) { return (void)module, through(args, 1); }

static PyMethodDef methods[] = {
    {"seen", seen, METH_VARARGS, "Give kind, words, heading and whether it is a task of each block."},
    {"standing", standing, METH_VARARGS, "Give pieces, start and section of each block."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_walk", "The walk from block to block, compiled.", 0, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__walk(void) { return PyModuleDef_Init(&module); }
