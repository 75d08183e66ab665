/* Rows: sets of words are bits, and a row holds one bit for each. NULL is a row without any. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>

typedef uint64_t *Row;

static inline int holds(const uint64_t *row, int bit) { return row != NULL && (row[bit >> 6] >> (bit & 63) & 1); }

/* Give the first bit from a place on; -1 where there is none. */
static int next_bit(const uint64_t *row, Py_ssize_t width, int from)
{
    for (Py_ssize_t bit = from; row != NULL && bit < width * 64; bit++) {
        if (row[bit >> 6] >> (bit & 63) == 0)
            bit |= 63;
        else if (holds(row, (int)bit))
            return (int)bit;
    }
    return -1;
}

static inline void join(uint64_t *all, const uint64_t *row, Py_ssize_t width)
{
    if (row != NULL)
        for (Py_ssize_t k = 0; k < width; k++)
            all[k] |= row[k];
}

/* Read a number that is not negative as a row; NULL with no error set where it is 0. */
static int as_row(PyObject *number, Py_ssize_t width, Row *row)
{
    *row = NULL;
    int some = PyObject_IsTrue(number);
    if (some <= 0)
        return some;
    PyObject *bytes = PyObject_CallMethod(number, "to_bytes", "ns", width * 8, "little");
    char *data = bytes ? PyBytes_AsString(bytes) : NULL;
    *row = data ? PyMem_Calloc((size_t)width, 8) : NULL;
    for (Py_ssize_t k = 0; *row != NULL && k < width * 8; k++)
        (*row)[k / 8] |= (uint64_t)(unsigned char)data[k] << k % 8 * 8;
    Py_XDECREF(bytes);
    if (*row == NULL && !PyErr_Occurred())
        PyErr_NoMemory();
    return *row == NULL ? -1 : 0;
}
