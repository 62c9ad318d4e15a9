package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Proofs, against published ones and against the recursive definition, and with lies in them. */
class TreeProofsTest {
    private static final long SEED = 6962;

    /** RFC 6962 §2.1.3 names the nodes of these proofs in its tree of seven leaves. */
    @Test
    void makesTheProofsOfTheRfcsExample() {
        HashReader reader = (level, index) -> ReferenceTree.NODES.get(level).get((int) index);
        List<byte[]> leaves = ReferenceTree.NODES.getFirst();
        byte[] i = ReferenceTree.NODES.get(1).get(2);
        byte[] g = ReferenceTree.NODES.get(1).getFirst();
        byte[] h = ReferenceTree.NODES.get(1).get(1);
        byte[] k = ReferenceTree.NODES.get(2).getFirst();
        byte[] j = leaves.get(6);
        byte[] l = TreeHash.node(i, j);

        assertThat(TreeProofs.inclusion(reader, 0, 7)).containsExactly(leaves.get(1), h, l);
        assertThat(TreeProofs.inclusion(reader, 3, 7)).containsExactly(leaves.get(2), g, l);
        assertThat(TreeProofs.inclusion(reader, 4, 7)).containsExactly(leaves.get(5), j, k);
        assertThat(TreeProofs.inclusion(reader, 6, 7)).containsExactly(i, k);
        assertThat(TreeProofs.consistency(reader, 3, 7))
                .containsExactly(leaves.get(2), leaves.get(3), g, l);
        assertThat(TreeProofs.consistency(reader, 4, 7)).containsExactly(l);
        assertThat(TreeProofs.consistency(reader, 6, 7)).containsExactly(i, j, k);
    }

    /** As published with the reference tree: the path of leaf 5 of 8, the proof from 6 to 8. */
    @Test
    void checksPublishedProofsOfTheReferenceTree() {
        List<byte[]> path =
                hex(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        List<byte[]> proof =
                hex(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        byte[] leaf = TreeHash.leaf(ReferenceTree.LEAVES.get(5));
        List<byte[]> roots = ReferenceTree.ROOTS;

        assertThat(TreeProofs.includes(leaf, 5, 8, roots.get(8), path)).isTrue();
        assertThat(TreeProofs.consistent(6, roots.get(6), 8, roots.get(8), proof)).isTrue();
    }

    @Test
    void makesAndChecksEveryInclusionProofOfSmallTrees() {
        NaiveTree tree = NaiveTree.ofSize(67);

        for (int size = 1; size <= 67; size++) {
            byte[] root = tree.root(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = TreeProofs.inclusion(tree.reader(), index, size);
                assertThat(proof).containsExactlyElementsOf(tree.path(index, size));
                assertThat(TreeProofs.includes(tree.leaf(index), index, size, root, proof))
                        .as("%d of %d", index, size)
                        .isTrue();
            }
        }
    }

    @Test
    void makesAndChecksEveryConsistencyProofOfSmallTrees() {
        NaiveTree tree = NaiveTree.ofSize(67);

        for (int size = 0; size <= 67; size++) {
            for (int old = 0; old <= size; old++) {
                List<byte[]> proof = TreeProofs.consistency(tree.reader(), old, size);
                if (old > 0) {
                    assertThat(proof).containsExactlyElementsOf(tree.proof(old, size));
                }
                assertThat(TreeProofs.consistent(old, tree.root(old), size, tree.root(size), proof))
                        .as("%d to %d", old, size)
                        .isTrue();
            }
        }
    }

    @Test
    void believesNoInclusionProofWithALieInIt() {
        SplittableRandom random = new SplittableRandom(SEED);
        NaiveTree tree = NaiveTree.ofSize(200);

        for (int round = 0; round < 3_000; round++) {
            int size = random.nextInt(1, 201);
            int index = random.nextInt(size);
            byte[] leaf = tree.leaf(index);
            byte[] root = tree.root(size);
            List<byte[]> proof = new ArrayList<>(tree.path(index, size));
            long claimedIndex = index;
            long claimedSize = size;
            switch (random.nextInt(6)) {
                case 0 -> leaf = flipped(leaf, random);
                case 1 -> root = flipped(root, random);
                case 2 -> claimedIndex = other(index, random);
                case 3 -> claimedSize = otherShape(index, size, random);
                default -> lie(proof, random);
            }
            assertThat(TreeProofs.includes(leaf, claimedIndex, claimedSize, root, proof))
                    .as("seed %d round %d: %d of %d", SEED, round, index, size)
                    .isFalse();
        }
    }

    @Test
    void believesNoConsistencyProofWithALieInIt() {
        SplittableRandom random = new SplittableRandom(SEED);
        NaiveTree tree = NaiveTree.ofSize(200);

        for (int round = 0; round < 3_000; round++) {
            int size = random.nextInt(2, 201);
            int old = random.nextInt(1, size);
            byte[] oldRoot = tree.root(old);
            byte[] root = tree.root(size);
            List<byte[]> proof = new ArrayList<>(tree.proof(old, size));
            switch (random.nextInt(4)) {
                case 0 -> oldRoot = flipped(oldRoot, random);
                case 1 -> root = flipped(root, random);
                default -> lie(proof, random);
            }
            assertThat(TreeProofs.consistent(old, oldRoot, size, root, proof))
                    .as("seed %d round %d: %d to %d", SEED, round, old, size)
                    .isFalse();
        }
    }

    @Test
    void answersWhatMakesNoSenseWithNo() {
        byte[] hash = new byte[32];
        byte[] root = TreeHash.leaf(new byte[0]);
        List<byte[]> endless = Collections.nCopies(1_000, hash);

        assertThat(TreeProofs.includes(root, 0, 1, root, List.of())).isTrue();
        assertThat(TreeProofs.includes(root, -1, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.includes(root, 1, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.includes(root, 0, 0, root, List.of())).isFalse();
        assertThat(TreeProofs.includes(root, 0, -5, root, List.of())).isFalse();
        assertThat(TreeProofs.includes(root, 0, Long.MAX_VALUE, root, endless)).isFalse();
        assertThat(TreeProofs.includes(new byte[31], 0, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.includes(hash, 0, 2, root, List.of(new byte[31]))).isFalse();
        assertThat(TreeProofs.consistent(-1, root, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.consistent(2, root, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.consistent(1, root, 2, root, List.of())).isFalse();
        assertThat(TreeProofs.consistent(1, root, 1, hash, List.of())).isFalse();
        assertThat(TreeProofs.consistent(1, root, 1, root, List.of(hash))).isFalse();
        assertThat(TreeProofs.consistent(0, root, 1, root, List.of())).isFalse();
        assertThat(TreeProofs.consistent(0, TreeHash.empty(), 1, root, List.of(hash))).isFalse();
        assertThat(TreeProofs.consistent(3, root, Long.MAX_VALUE, root, endless)).isFalse();
    }

    @Test
    void makesNoProofAboutWhatIsNotThere() {
        HashReader none =
                (level, index) -> {
                    throw new AssertionError("asked for " + level + "/" + index);
                };

        assertThatThrownBy(() -> TreeProofs.inclusion(none, 3, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TreeProofs.inclusion(none, -1, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TreeProofs.consistency(none, 4, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TreeProofs.root(none, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void lie(List<byte[]> proof, SplittableRandom random) {
        int at = proof.isEmpty() ? 0 : random.nextInt(proof.size());
        switch (proof.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> proof.add(at, TreeHash.leaf(new byte[] {9, 9, 9}));
            case 1 -> proof.remove(at);
            case 2 -> proof.set(at, flipped(proof.get(at), random));
            default -> proof.add(proof.get(at));
        }
    }

    private static byte[] flipped(byte[] hash, SplittableRandom random) {
        byte[] other = hash.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private static long other(int index, SplittableRandom random) {
        return index + random.nextLong(1, 300) * (random.nextBoolean() ? 1 : -1);
    }

    /** A size at which the same proof means another place: other sizes may share its shape. */
    private static long otherShape(int index, int size, SplittableRandom random) {
        return random.nextBoolean() ? index : 4L * Integer.highestOneBit(size);
    }

    private static List<byte[]> hex(String... values) {
        return List.of(values).stream().map(HexFormat.of()::parseHex).toList();
    }
}
