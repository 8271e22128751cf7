/* SPDX-License-Identifier: MIT */
#include "criteria/compiler.h"

static void compile_organ(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    bool nodal = false;
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "nodal"), &nodal);
    struct recist_yaml_node *match = recist_yaml_require(yaml, node, "match", "an organ");
    recist_yaml_refuse_unused(yaml, node, "an organ");
    if (recist_yaml_expect(yaml, match, RECIST_YAML_SCALAR)) {
        bool added = recist_organ_map_add(compiler->criteria->organs,
                                          recist_yaml_slice(node->key), nodal, match,
                                          yaml->findings);
        yaml->errors += !added;
    }
}

void recist_compile_organs(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *organs = recist_yaml_get_mapping(yaml, root, "organs");
    if (!organs) {
        return;
    }
    recist_yaml_use_all(organs);
    for (struct recist_yaml_node *child = organs->first; child; child = child->next) {
        if (recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            compile_organ(compiler, child);
        }
    }
}
