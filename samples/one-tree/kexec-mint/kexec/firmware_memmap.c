/*
 * The memory map that the next kernel is booted with.
 *
 * The running kernel shows what its firmware reported as one folder for each
 * range: /sys/firmware/memmap/0/{start,end,type} and so on. Whatever is not
 * RAM is handed on as it is. RAM is not: it is shared between the OS nodes,
 * and a node gets three regions of it, which are set below.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

#ifndef FIRMWARE_MEMMAP_DIR
#define FIRMWARE_MEMMAP_DIR "/sys/firmware/memmap"
#endif

#define ATTRIBUTE_MAX 64

/* The kernel's words for the kinds of memory. Any other word means reserved. */
static const struct {
	const char *word;
	unsigned type;
} kinds[] = {
	{ "System RAM", RANGE_RAM },
	{ "ACPI Tables", RANGE_ACPI },
	{ "ACPI Non-volatile Storage", RANGE_ACPI_NVS },
	{ "Persistent Memory", RANGE_PMEM },
};

static unsigned type_of(const char *word)
{
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (strcmp(kinds[k].word, word) == 0)
			return kinds[k].type;
	return RANGE_RESERVED;
}

/* Reads the single line of the file `name` in a range's folder. */
static int read_attribute(const char *entry, const char *name, char text[ATTRIBUTE_MAX])
{
	char path[512];
	FILE *file;
	int ok;

	if (snprintf(path, sizeof(path), "%s/%s/%s", FIRMWARE_MEMMAP_DIR, entry, name) >= (int)sizeof(path))
		return -1;
	file = fopen(path, "r");
	if (!file)
		return -1;
	ok = fgets(text, ATTRIBUTE_MAX, file) != NULL;
	fclose(file);
	if (!ok)
		return -1;
	text[strcspn(text, "\n")] = '\0';
	return 0;
}

static int read_address(const char *entry, const char *name, unsigned long long *address)
{
	char text[ATTRIBUTE_MAX];
	char *rest;

	if (read_attribute(entry, name, text) < 0)
		return -1;
	*address = strtoull(text, &rest, 16);
	return rest != text && *rest == '\0' ? 0 : -1;
}

static int read_range(const char *entry, struct memory_range *range)
{
	char word[ATTRIBUTE_MAX];

	if (read_address(entry, "start", &range->start) < 0 ||
	    read_address(entry, "end", &range->end) < 0 ||
	    read_attribute(entry, "type", word) < 0) {
		fprintf(stderr, "%s/%s: not a memory range\n", FIRMWARE_MEMMAP_DIR, entry);
		return -1;
	}
	range->type = type_of(word);
	return 0;
}

int compare_ranges(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

/* Adds `size` bytes of RAM from `start` on. */
static int add_ram(struct memory_range *range, size_t *count, size_t room,
		   unsigned long start, unsigned long size)
{
	if (*count == room) {
		fprintf(stderr, "No room for the memory range at %#lx\n", start);
		return -1;
	}
	range[*count].start = start;
	range[*count].end = (unsigned long long)start + size - 1;
	range[*count].type = RANGE_RAM;
	(*count)++;
	return 0;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	size_t room = *ranges;
	size_t i = 0;
	struct dirent *entry;
	DIR *dir;

	dir = opendir(FIRMWARE_MEMMAP_DIR);
	if (!dir) {
		perror(FIRMWARE_MEMMAP_DIR);
		return -1;
	}

	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (i == room) {
			fprintf(stderr, "More than %zu memory ranges\n", room);
			closedir(dir);
			return -1;
		}
		if (read_range(entry->d_name, &range[i]) < 0) {
			closedir(dir);
			return -1;
		}
		/* RAM comes from Mint's regions only. */
		if (range[i].type != RANGE_RAM)
			i++;
	}
	closedir(dir);

	/* Modify following three params to setup memmap */

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	if (add_ram(range, &i, room, mint_region1_start, mint_region1_size) < 0 ||
	    add_ram(range, &i, room, mint_region2_start, mint_region2_size) < 0 ||
	    add_ram(range, &i, room, mint_region3_start, mint_region3_size) < 0)
		return -1;

	*ranges = i;
	qsort(range, *ranges, sizeof(*range), compare_ranges);
	return 0;
}

/* Whether the running kernel shows its memory map at all: kexec asks first. */
int have_sys_firmware_memmap(void)
{
	DIR *dir = opendir(FIRMWARE_MEMMAP_DIR);

	if (dir)
		closedir(dir);
	return dir != NULL;
}
