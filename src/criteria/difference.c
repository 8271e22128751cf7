/* SPDX-License-Identifier: MIT
 * Two merged files side by side, section by section. */
#include "criteria/difference.h"

#include <string.h>

#include "criteria/describe.h"
#include "criteria/yaml_access.h"

enum entry_form { FORM_PARTS, FORM_CONVENTION, FORM_ROW };

/* What is known of a part of the file. A part that is not known is a section of its own, and its
 * children are its entries. `*` is an entry of the section around it. */
struct part {
    const char *path;
    const char *heading; /* of an entry's own section: what stands before the entry's title */
    const char *noun;
    bool structure; /* children with a line here are sections of their own, others are entries */
    bool ordered;   /* the order decides something */
    bool named;     /* conditions can name its entries */
    enum entry_form form;
};

static const struct part parts[] = {
    {"conventions", "Conventions", "convention", .named = true, .form = FORM_CONVENTION},
    {"visits", "Visits", "setting", .form = FORM_PARTS},
    {"columns", "Columns of the measurement file", "column", .named = true},
    {"roles", "Roles", "role", .form = FORM_PARTS},
    {"roles/*/statuses", "Statuses of ", "status", .form = FORM_PARTS},
    {"organs", "Organs", "organ", .ordered = true},
    {"lesion_values", "Values of a lesion", "value", .named = true},
    {"measures", "Measures", "measure", .ordered = true, .named = true},
    {"definitions", "Definitions", "definition", .named = true},
    {"states", "States", "state", .ordered = true, .named = true},
    {"components", "Components of the response", "component", .form = FORM_PARTS},
    {"components/*/rules", "Rules of ", "rule", .ordered = true},
    {"overall", "Overall response", "entry", .structure = true},
    {"overall/table", "Decision table", "entry", .structure = true},
    {"overall/table/rows", "Rows of the decision table", "row", .form = FORM_ROW},
    {"overall/history", "What earlier visits change in a response", "rule", .ordered = true},
    {"overall/amendments", "What later visits change in a response", "rule", .ordered = true},
    {"best_response", "Best response of a course", "entry", .structure = true},
    {"best_response/window", "Visits that count for the best response", "limit",
     .form = FORM_PARTS},
    {"best_response/counts", "What responses count as", "set", .form = FORM_PARTS},
    {"best_response/assessed", "Responses read as assessed", "entry", .structure = true},
    {"best_response/assessed/history", "Assessed responses: what earlier ones change", "rule",
     .ordered = true},
    {"best_response/assessed/amendments", "Assessed responses: what later ones change", "rule",
     .ordered = true},
    {"best_response/unconfirmed", "Best response without confirmation", "rule", .ordered = true},
    {"best_response/confirmed", "Best response with confirmation", "rule", .ordered = true},
    {"checks", "Checks of measurement files", "check", .form = FORM_PARTS},
};
/* Behind so many differences no reader looks for what uses an entry. */
#define MOST_WITH_USES 200
#define PART_COUNT (sizeof parts / sizeof *parts)

/* A place in both trees. */
struct section {
    const struct part *part;                 /* NULL: not known */
    const char *pattern;                     /* its path with `*` for names of entries */
    struct recist_difference_section *shown; /* NULL for the whole file */
    const struct recist_yaml_node *from;
    const struct recist_yaml_node *to;
};

struct search {
    struct recist_document *document;
    const struct recist_criteria *from;
    const struct recist_criteria *to;
    struct recist_differences found;
    struct recist_difference **next;
    struct recist_difference_uses *uses; /* NULL, or the files are only looked through for these */
};

static const struct part *find_part(const char *pattern)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (strcmp(parts[i].path, pattern) == 0) {
            return &parts[i];
        }
    }
    return NULL;
}

static const char *join(struct search *search, const char *path, const char *name)
{
    return path[0] ? recist_document_format(search->document, "%s/%s", path, name) : name;
}

static const struct recist_yaml_node *child_of(const struct recist_yaml_node *node,
                                               const char *name)
{
    const struct recist_yaml_node *child =
        node && node->kind == RECIST_YAML_MAPPING ? node->first : NULL;
    while (child && strcmp(child->key->text, name) != 0) {
        child = child->next;
    }
    return child;
}

static const char *text_of(const struct recist_yaml_node *node, const char *name)
{
    const struct recist_yaml_node *child = child_of(node, name);
    return child && child->kind == RECIST_YAML_SCALAR ? child->text : "";
}

/* As the newer file has it, else the older one. */
static const char *text_of_pair(const struct recist_difference_pair *pair, const char *name)
{
    const char *text = text_of(pair->to, name);
    return text[0] ? text : text_of(pair->from, name);
}

static struct recist_item title_of(struct search *search, const struct recist_difference_pair *pair)
{
    static const char *const names[] = {"question", "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = text_of_pair(pair, names[i]);
        if (text[0]) {
            return recist_item_text(text);
        }
    }
    return recist_describe_sentence(search->document, text_of_pair(pair, "say"));
}

static enum recist_difference_kind kind_of(const struct recist_difference_pair *pair, bool changed)
{
    return !pair->from ? RECIST_DIFFERENCE_ADDED
           : !pair->to ? RECIST_DIFFERENCE_REMOVED
           : changed   ? RECIST_DIFFERENCE_CHANGED
                       : RECIST_DIFFERENCE_MOVED;
}

static const char *place_of(struct search *search, const struct section *section,
                            const struct recist_difference_pair *pair)
{
    bool ordered = section->part && section->part->ordered;
    if (!ordered || !pair->to || (pair->from && !pair->moved)) {
        return "";
    }
    return pair->before ? recist_document_format(search->document, "before %s", pair->before)
                        : "last";
}

static const char *name_of(const struct recist_difference_pair *pair)
{
    return (pair->to ? pair->to : pair->from)->key->text;
}

static const struct recist_convention *find_convention(const struct recist_criteria *criteria,
                                                       const struct recist_yaml_node *node)
{
    for (size_t i = 0; node && i < criteria->convention_count; i++) {
        if (strcmp(criteria->conventions[i].name, node->key->text) == 0) {
            return &criteria->conventions[i];
        }
    }
    return NULL;
}

/* Whether a child of an entry is a section of its own. */
static bool is_section(const void *context, const char *key)
{
    const char *pattern = context;
    size_t length = strlen(pattern);
    for (size_t i = 0; i < PART_COUNT; i++) {
        const char *path = parts[i].path;
        if (strncmp(path, pattern, length) == 0 && strncmp(path + length, "/*/", 3) == 0 &&
            strcmp(path + length + 3, key) == 0) {
            return true;
        }
    }
    return false;
}

/* The value in force is compared, which is not always the one of the file. */
static bool is_value(const void *context, const char *key)
{
    (void)context;
    return strcmp(key, "value") == 0;
}

static bool compare_entry(struct search *search, const struct section *section,
                          const struct recist_difference_pair *pair, struct recist_item *from,
                          struct recist_item *to)
{
    enum entry_form form = section->part ? section->part->form : FORM_PARTS;
    struct recist_difference_nodes nodes = {
        .from = pair->from, .to = pair->to, .skip = is_section, .context = section->pattern};
    if (form == FORM_CONVENTION) {
        nodes.skip = is_value;
        return recist_difference_of_conventions(search->document, &nodes,
                                                find_convention(search->from, pair->from),
                                                find_convention(search->to, pair->to), from, to);
    }
    bool differs = recist_difference_items(search->document, &nodes, from, to);
    if (form == FORM_ROW) {
        *from = recist_difference_of_row(search->document, search->from, pair->from);
        *to = recist_difference_of_row(search->document, search->to, pair->to);
    }
    return differs;
}

/* `target` in "components/target/rules", `history` in "overall/history"; "" in "checks". */
static const char *owner_of(struct search *search, const struct section *section)
{
    const char *path = section->shown->path;
    const char *end = strrchr(path, '/');
    const char *star = strstr(section->pattern, "/*/");
    if (!end) {
        return "";
    }
    if (!star) {
        return end + 1;
    }
    const char *owner = path + (star - section->pattern) + 1;
    return recist_document_format(search->document, "%.*s", (int)(end - owner), owner);
}

static void look_through(struct search *search, const struct section *section,
                         const struct recist_yaml_node *entry)
{
    const struct part *part = section->part;
    bool conditions = !part || part->form == FORM_PARTS;
    if (conditions && recist_difference_names(entry, search->uses->name)) {
        recist_difference_add_use(search->document, search->uses, section->shown->noun,
                                  entry->key->text, owner_of(search, section));
    }
}

static struct recist_item uses_of(struct search *search, const struct section *section,
                                  const struct recist_difference_pair *pair);

static void add_entry(struct search *search, const struct section *section,
                      const struct recist_difference_pair *pair)
{
    struct recist_item from;
    struct recist_item to;
    if (search->uses) {
        look_through(search, section, pair->to);
        return;
    }
    bool changed = compare_entry(search, section, pair, &from, &to);
    bool moved = pair->moved && section->part && section->part->ordered;
    if (!changed && !moved) {
        return;
    }
    struct recist_difference *made =
        recist_arena_take_zeroed(&search->document->arena, 1, sizeof *made);
    if (!made) {
        search->document->failed = true;
        return;
    }
    *made = (struct recist_difference){
        .section = section->shown,
        .entry = name_of(pair),
        .kind = kind_of(pair, changed),
        .title = title_of(search, pair),
        .from = from,
        .to = to,
        .uses = uses_of(search, section, pair),
        .place = place_of(search, section, pair),
        .cite = text_of_pair(pair, "cite"),
    };
    if (made->kind == RECIST_DIFFERENCE_MOVED) {
        made->from = made->to = recist_item_absent("");
    }
    *search->next = made;
    search->next = &made->next;
    search->found.count++;
}

static void compare_section(struct search *search, const struct section *section);

/* The heading of a section that is not known is its name, in words. */
static const char *words_of(struct search *search, const char *name)
{
    char *words = recist_arena_copy(&search->document->arena, name, strlen(name));
    search->document->failed = search->document->failed || !words;
    for (char *at = words; at && *at; at++) {
        *at = *at == '_' ? ' ' : *at;
    }
    return words ? words : "";
}

/* A section below another one; `title` is that of the entry it belongs to, or NULL. */
static void compare_below(struct search *search, const char *entry_pattern, const char *entry_path,
                          const char *title, const struct recist_difference_pair *pair)
{
    const char *name = name_of(pair);
    struct section section = {
        .pattern = join(search, entry_pattern, name), .from = pair->from, .to = pair->to};
    section.part = find_part(section.pattern);
    section.shown = recist_arena_take_zeroed(&search->document->arena, 1, sizeof *section.shown);
    if (!section.shown) {
        search->document->failed = true;
        return;
    }
    section.shown->path = join(search, entry_path, name);
    section.shown->noun = section.part ? section.part->noun : "entry";
    section.shown->heading = section.part ? section.part->heading : words_of(search, name);
    if (title) {
        section.shown->heading =
            recist_document_format(search->document, "%s%s", section.shown->heading, title);
    }
    compare_section(search, &section);
}

/* `Target lesions (target)` */
static const char *entry_title(struct search *search, const struct recist_difference_pair *pair)
{
    const char *title = text_of_pair(pair, "title");
    return title[0] ? recist_document_format(search->document, "%s (%s)", title, name_of(pair))
                    : name_of(pair);
}

/* The sections within an entry, such as the rules of a component. */
static void compare_within(struct search *search, const struct section *section,
                           const struct recist_difference_pair *entry)
{
    size_t count = 0;
    struct recist_difference_pair *pairs =
        recist_difference_pairs(search->document, entry->from, entry->to, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_section(section->pattern, name_of(&pairs[i]))) {
            compare_below(search, join(search, section->pattern, "*"),
                          join(search, section->shown->path, name_of(entry)),
                          entry_title(search, entry), &pairs[i]);
        }
    }
}

static void compare_entries(struct search *search, const struct section *section,
                            const struct recist_difference_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_entry(search, section, &pairs[i]);
    }
    for (size_t i = 0; i < count; i++) {
        compare_within(search, section, &pairs[i]);
    }
}

static void compare_structure(struct search *search, const struct section *section,
                              const struct recist_difference_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *pattern = join(search, section->pattern, name_of(&pairs[i]));
        if (find_part(pattern)) {
            compare_below(search, section->pattern, section->shown->path, NULL, &pairs[i]);
        } else {
            add_entry(search, section, &pairs[i]);
        }
    }
}

static void compare_section(struct search *search, const struct section *section)
{
    size_t count = 0;
    struct recist_difference_pair *pairs =
        recist_difference_pairs(search->document, section->from, section->to, &count);
    if (section->part && section->part->structure) {
        compare_structure(search, section, pairs, count);
    } else {
        compare_entries(search, section, pairs, count);
    }
}

static bool is_identity(const char *key)
{
    static const char *const keys[] = {"criteria", "title",  "version",
                                       "status",   "source", "cite_as"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_mapping(const struct recist_yaml_node *node)
{
    return node && node->kind == RECIST_YAML_MAPPING;
}

/* A key of the whole file that is neither known nor a section. */
static struct recist_difference_section *section_of_file(struct search *search)
{
    struct recist_difference_section *shown =
        recist_arena_take_zeroed(&search->document->arena, 1, sizeof *shown);
    if (shown) {
        *shown = (struct recist_difference_section){"", "The file", "entry"};
    }
    search->document->failed = search->document->failed || !shown;
    return shown;
}

/* All sections of both files. */
static void compare_all(struct search *search, const struct recist_yaml_node *from,
                        const struct recist_yaml_node *to)
{
    struct section whole = {.pattern = "", .shown = section_of_file(search)};
    size_t count = 0;
    struct recist_difference_pair *pairs =
        recist_difference_pairs(search->document, from, to, &count);
    for (size_t i = 0; whole.shown && i < count; i++) {
        if (is_identity(name_of(&pairs[i]))) {
            continue;
        }
        if (is_mapping(pairs[i].from) || is_mapping(pairs[i].to)) {
            compare_below(search, "", "", NULL, &pairs[i]);
        } else {
            add_entry(search, &whole, &pairs[i]);
        }
    }
}

/* The entries whose conditions name this one: what a changed definition is about. */
static struct recist_item uses_of(struct search *search, const struct section *section,
                                  const struct recist_difference_pair *pair)
{
    struct recist_difference_uses uses = {.name = name_of(pair)};
    struct search through = {.document = search->document, .uses = &uses};
    const struct recist_criteria *criteria = pair->to ? search->to : search->from;
    if (section->part && section->part->named && search->found.count < MOST_WITH_USES) {
        compare_all(&through, criteria->file->root, criteria->file->root);
    }
    return (struct recist_item){.kind = RECIST_ITEM_LIST, .list = uses.list, .count = uses.count};
}

struct recist_differences recist_differences_find(struct recist_document *document,
                                                  const struct recist_criteria *from,
                                                  const struct recist_criteria *to)
{
    struct search search = {.document = document, .from = from, .to = to};
    search.next = &search.found.first;
    compare_all(&search, from->file->root, to->file->root);
    return search.found;
}
