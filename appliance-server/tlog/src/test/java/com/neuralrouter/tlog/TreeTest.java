package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hashes and frontiers, against the reference tree and against the definition. */
class TreeTest {
    @Test
    void hashesTheReferenceTreesLeavesAndNodes() {
        List<List<byte[]>> nodes = ReferenceTree.NODES;

        for (int i = 0; i < 8; i++) {
            assertThat(TreeHash.leaf(ReferenceTree.LEAVES.get(i)))
                    .isEqualTo(nodes.getFirst().get(i));
        }
        for (int level = 1; level < nodes.size(); level++) {
            for (int i = 0; i < nodes.get(level).size(); i++) {
                byte[] left = nodes.get(level - 1).get(2 * i);
                byte[] right = nodes.get(level - 1).get(2 * i + 1);
                assertThat(TreeHash.node(left, right)).isEqualTo(nodes.get(level).get(i));
            }
        }
        assertThat(TreeHash.empty()).isEqualTo(ReferenceTree.ROOTS.getFirst());
    }

    @Test
    void growsThroughTheReferenceTreesRoots() {
        Frontier frontier = new Frontier();

        for (int size = 0; size <= 8; size++) {
            assertThat(frontier.root()).as("of %d", size).isEqualTo(ReferenceTree.ROOTS.get(size));
            assertThat(frontier.size()).isEqualTo(size);
            if (size < 8) {
                frontier.append(TreeHash.leaf(ReferenceTree.LEAVES.get(size)));
            }
        }
    }

    @Test
    void hasTheRootThatTheDefinitionGivesAtEverySize() {
        NaiveTree tree = NaiveTree.ofSize(300);
        Frontier frontier = new Frontier();

        for (int size = 0; size < 300; size++) {
            assertThat(frontier.root()).as("of %d", size).isEqualTo(tree.root(size));
            assertThat(frontier.hashes()).hasSize(Integer.bitCount(size));
            frontier.append(tree.leaf(size));
        }
    }

    @Test
    void tellsEverySubtreeOnceWhenItIsComplete() {
        NaiveTree tree = NaiveTree.ofSize(70);
        Map<String, byte[]> told = new HashMap<>();
        Frontier frontier = new Frontier();

        for (int i = 0; i < 70; i++) {
            frontier.append(
                    tree.leaf(i),
                    (level, index, hash) ->
                            assertThat(told.put(level + "/" + index, hash)).isNull());
        }

        assertThat(told).hasSize(70 + 35 + 17 + 8 + 4 + 2 + 1);
        told.forEach((at, hash) -> {
            String[] parts = at.split("/");
            assertThat(hash)
                    .isEqualTo(
                            tree.reader()
                                    .hash(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        });
    }

    @Test
    void goesOnWhereItWasLeft() {
        NaiveTree tree = NaiveTree.ofSize(40);
        Frontier grown = new Frontier();
        for (int i = 0; i < 23; i++) {
            grown.append(tree.leaf(i));
        }

        Frontier taken = Frontier.of(23, grown.hashes());
        Frontier copy = grown.copy();
        for (int i = 23; i < 40; i++) {
            taken.append(tree.leaf(i));
        }

        assertThat(taken.root()).isEqualTo(tree.root(40));
        assertThat(copy.root()).isEqualTo(tree.root(23));
        assertThat(grown.size()).isEqualTo(23);
    }

    @Test
    void refusesHashesThatCannotBeAFrontier() {
        assertThatThrownBy(() -> Frontier.of(3, List.of(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 perfect subtrees, not 1");
        assertThatThrownBy(() -> Frontier.of(-1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frontier().append(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotChangedThroughWhatItHandsOut() {
        Frontier frontier = new Frontier();
        frontier.append(new byte[32]);

        frontier.root()[0] = 1;
        frontier.hashes().getFirst()[0] = 1;

        assertThat(frontier.root()).isEqualTo(new byte[32]);
    }

    @Test
    void foldsThePerfectSubtreesOfATile() {
        NaiveTree tree = NaiveTree.ofSize(256);

        for (int level = 0; level <= 8; level++) {
            int width = 1 << level;
            byte[] hashes = new byte[width * 32];
            for (int i = 0; i < width; i++) {
                System.arraycopy(tree.leaf(i), 0, hashes, 32 * i, 32);
            }
            assertThat(TreeHash.perfect(hashes)).isEqualTo(tree.root(width));
        }
        for (int length : new int[] {0, 31, 96, 160}) {
            assertThatThrownBy(() -> TreeHash.perfect(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsRootsFromStoredHashes() {
        NaiveTree tree = NaiveTree.ofSize(130);
        List<String> wrong = new ArrayList<>();

        for (int size = 0; size <= 130; size++) {
            byte[] root = TreeProofs.root(tree.reader(), size);
            if (!Arrays.equals(root, tree.root(size))) {
                wrong.add("size " + size);
            }
        }

        assertThat(wrong).isEmpty();
    }
}
