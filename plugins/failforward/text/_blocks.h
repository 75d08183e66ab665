/* The blocks that a walk has come to: their parts, words and places. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

enum {
    START = 1 << 0,
    END = 1 << 1,
    HTML = 1 << 2,
    THING = 1 << 3,       /* a code span, a formula */
    TASK = 1 << 4,
    INLINE_HTML = 1 << 5,
    BORDER = 1 << 6,
    INLINE = 1 << 7,      /* emphasis: it changes nothing */
    LIST = 1 << 8,
    DEEP = 1 << 9,
    SILENT = 1 << 10,
    QUOTATION = 1 << 11,
    HEADING = 1 << 12,
    PARAGRAPH = 1 << 13,
    LINK = 1 << 14,
    IMAGE = 1 << 15,
    ROW = 1 << 16,
};

typedef struct {
    PyObject *signs, *kinds, *html; /* given */
    int quotations;
    PyObject *text, *blank, *object, *nothing, *item, *link_type; /* words */
    PyObject *rows, *parts, *lines;
    PyObject *kind; /* borrowed from `kinds`; NULL between blocks */
    PyObject *heading;
    int lists, deep, silent, task;
    /* Only where places are asked for: `where` is the present event's, `offset` the length of the parts so far. */
    int placed;
    PyObject *where, *pieces;
    Py_ssize_t offset;
    long row, start, section;
} Walk;

/* Give a byte of the present event's place. */
static long place(Walk *walk, const char *side)
{
    PyObject *number = walk->placed ? PyDict_GetItemString(walk->where, side) : NULL;
    if (number == NULL && walk->placed)
        PyErr_SetString(PyExc_TypeError, "the parser told no place");
    return number ? PyLong_AsLong(number) : 0;
}

static long signs_of(Walk *walk, PyObject *word)
{
    PyObject *found = PyDict_GetItemWithError(walk->signs, word);
    return found ? PyLong_AsLong(found) : PyErr_Occurred() ? -1 : 0;
}

/* Give the value of a dictionary's only key, both borrowed. */
static int only(PyObject *dict, PyObject **key, PyObject **value)
{
    Py_ssize_t at = 0;
    if (PyDict_Check(dict) && PyDict_Next(dict, &at, key, value) && PyUnicode_Check(*key))
        return 0;
    PyErr_SetString(PyExc_TypeError, "the parser told something else than it used to");
    return -1;
}

/* Put a block with these words, or its place, behind those before it. */
static int row(Walk *walk, PyObject *kind, PyObject *words, int task, PyObject *pieces, long start)
{
    PyObject *one = walk->placed ? Py_BuildValue("(Oll)", pieces, start, walk->section)
                                 : PyTuple_Pack(4, kind, words, walk->heading, task ? Py_True : Py_False);
    int failed = one == NULL || PyList_Append(walk->rows, one) < 0;
    Py_XDECREF(one);
    return failed ? -1 : 0;
}

/* Put a part behind those of its block, with its place. */
static int add(Walk *walk, PyObject *part)
{
    Py_ssize_t length = walk->placed ? PyUnicode_GetLength(part) : 0;
    int failed = length < 0;
    if (length > 0) {
        PyObject *piece = Py_BuildValue("(nll)", walk->offset, place(walk, "start"), place(walk, "end"));
        failed = piece == NULL || PyErr_Occurred() || PyList_Append(walk->pieces, piece) < 0;
        Py_XDECREF(piece);
        walk->offset += length;
    }
    return failed ? -1 : PyList_Append(walk->parts, part);
}

static void stand_over(Walk *walk, PyObject *heading, long end)
{
    walk->section = end;
    PyObject *before = walk->heading;
    walk->heading = Py_NewRef(heading);
    Py_DECREF(before);
}

/* Give what stands in the parts of a block. */
static PyObject *joined(Walk *walk)
{
    if (PyList_Size(walk->parts) == 1)
        return Py_NewRef(PyList_GetItem(walk->parts, 0));
    return PyUnicode_Join(walk->nothing, walk->parts);
}

static int emptied(PyObject *list) { return PyList_Size(list) ? PyList_SetSlice(list, 0, PY_SSIZE_T_MAX, NULL) : 0; }

/* Give the prose in a block of HTML, whose headings are headings too. */
static int html(Walk *walk)
{
    PyObject *found = PyObject_CallFunctionObjArgs(walk->html, walk->lines, NULL);
    int failed = found == NULL || !PyList_Check(found);
    for (Py_ssize_t k = 0; !failed && k < PyList_Size(found); k++) {
        PyObject *kind, *words, *pieces, *one = PyList_GetItem(found, k);
        int heads;
        long start, end;
        failed = !PyTuple_Check(one) || !PyArg_ParseTuple(one, "OO!Ollp", &kind, &PyUnicode_Type, &words, &pieces,
                                                          &start, &end, &heads)
            || row(walk, kind, words, 0, pieces, start) < 0;
        if (!failed && heads && !walk->deep)
            stand_over(walk, words, end);
    }
    Py_XDECREF(found);
    if (failed && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "what is read in HTML is a list of blocks");
    return failed ? -1 : emptied(walk->lines);
}
