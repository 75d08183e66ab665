/* Rows: sets of words are bits, and a row holds one bit for each. NULL is a row without any. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>

typedef uint64_t *Row;

static inline int holds(const uint64_t *row, int bit) { return row != NULL && (row[bit >> 6] >> (bit & 63) & 1); }

static inline void join(uint64_t *all, const uint64_t *row, Py_ssize_t width)
{
    if (row != NULL)
        for (Py_ssize_t k = 0; k < width; k++)
            all[k] |= row[k];
}

/* Read the number of a set; -2 with an error set where it is none, -1 where it says that there is no set. */
static int as_set(PyObject *number, Py_ssize_t sets)
{
    long set = number ? PyLong_AsLong(number) : -2;
    if (set >= -1 && set < sets && !PyErr_Occurred())
        return (int)set;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "there is no such set");
    return -2;
}

/* Read a tuple of sets as a row, NULL where it is empty; -1 where it is none. */
static int as_row(PyObject *numbers, Py_ssize_t sets, Row *row)
{
    *row = NULL;
    Py_ssize_t count = PyTuple_Check(numbers) ? PyTuple_Size(numbers) : -1;
    if (count <= 0)
        return (int)count;
    *row = PyMem_Calloc((size_t)(sets + 63) / 64, 8);
    for (Py_ssize_t k = 0; *row != NULL && k < count; k++) {
        int set = as_set(PyTuple_GetItem(numbers, k), sets);
        if (set < 0)
            return -1;
        (*row)[set >> 6] |= (uint64_t)1 << (set & 63);
    }
    if (*row == NULL)
        PyErr_NoMemory();
    return *row == NULL ? -1 : 0;
}
