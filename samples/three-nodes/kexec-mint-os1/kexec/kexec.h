#ifndef KEXEC_H
#define KEXEC_H

#include <stddef.h>

/* What a range of physical memory is used for. */
#define RANGE_RAM 0
#define RANGE_RESERVED 1
#define RANGE_ACPI 2
#define RANGE_ACPI_NVS 3
#define RANGE_UNCACHED 4
#define RANGE_PMEM 6

/* A range of physical memory; end is the last address that belongs to it. */
struct memory_range {
	unsigned long long start, end;
	unsigned type;
};

/*
 * Fills `range`, which has room for *ranges entries, with the memory the next
 * kernel is told about, in ascending order, and sets *ranges to their number.
 * Returns 0, or -1 when the map cannot be read or does not fit.
 */
int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges);

#endif
