/* Rows: sets of words are bits, and a row holds one bit for each. NULL is a row without any. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t *Row;

/* Numbers are four bytes each, wherever they stand. */
static inline uint32_t number_at(const char *data)
{
    uint32_t number;
    memcpy(&number, data, 4);
    return number;
}

static inline int holds(const uint64_t *row, int bit) { return row != NULL && (row[bit >> 6] >> (bit & 63) & 1); }

static inline void join(uint64_t *all, const uint64_t *row, Py_ssize_t width)
{
    if (row != NULL)
        for (Py_ssize_t k = 0; k < width; k++)
            all[k] |= row[k];
}

/* Read sets as a row, NULL where there are none; -1 where something else is given. */
static int as_row(PyObject *numbers, Py_ssize_t sets, Row *row)
{
    char *data = NULL;
    Py_ssize_t size;
    *row = NULL;
    if (PyBytes_AsStringAndSize(numbers, &data, &size) < 0 || size == 0)
        return data ? 0 : -1;
    *row = PyMem_Calloc((size_t)(sets + 63) / 64, 8);
    for (Py_ssize_t at = 0; *row != NULL && at + 4 <= size; at += 4) {
        uint32_t set = number_at(data + at);
        if (set >= (uint64_t)sets) {
            PyErr_SetString(PyExc_ValueError, "there is no such set");
            return -1;
        }
        (*row)[set >> 6] |= (uint64_t)1 << (set & 63);
    }
    if (*row == NULL)
        PyErr_NoMemory();
    return *row == NULL ? -1 : 0;
}
