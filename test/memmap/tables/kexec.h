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

#endif
