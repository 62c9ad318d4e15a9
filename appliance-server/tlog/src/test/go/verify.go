// Verifies an exported audit trail with hashes and signatures that are not ours: those of
// golang.org/x/mod/sumdb/note and golang.org/x/mod/sumdb/tlog, which check Go's module downloads.
// Only the reading of files is done here. Usage: verify FOLDER KEY
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func fail(format string, values ...interface{}) {
	fmt.Printf("BAD "+format+"\n", values...)
	os.Exit(1)
}

func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

// open verifies the note's Ed25519 signature and reads the tree that it states.
func open(path string, verifier note.Verifier) tlog.Tree {
	bytes, err := os.ReadFile(path)
	must(err, path)
	signed, err := note.Open(bytes, note.VerifierList(verifier))
	must(err, path)
	lines := strings.SplitN(signed.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		fail("%s: is of %s", path, lines[0])
	}
	// tlog.ParseTree knows one origin only, that of Go's own database.
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
	must(err, path)
	return tree
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	must(err, "key")
	newest := open(filepath.Join(folder, "checkpoint"), verifier)

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	var leaves []tlog.Hash
	for n := int64(0); n < newest.N; {
		width := int64(256)
		if newest.N-n < width {
			width = newest.N - n
		}
		path := tlog.Tile{H: height, L: -1, N: n / 256, W: int(width)}.Path()
		path = "tile/entries/" + strings.TrimPrefix(path, "tile/8/data/")
		bundle, err := os.ReadFile(filepath.Join(folder, path))
		must(err, path)
		for i := int64(0); i < width; i++ {
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			var members struct{ Sequence int64 }
			must(json.Unmarshal(entry, &members), path)
			if members.Sequence != n {
				fail("%s: entry %d says it is number %d", path, n, members.Sequence)
			}
			hashes, err := tlog.StoredHashes(n, entry, reader)
			must(err, path)
			stored = append(stored, hashes...)
			leaves = append(leaves, tlog.RecordHash(entry))
			n++
		}
		if len(bundle) != 0 {
			fail("%s: has more than %d entries", path, width)
		}
	}

	root, err := tlog.TreeHash(newest.N, reader)
	must(err, "root")
	if root != newest.Hash {
		fail("checkpoint: its root is not that of the entries")
	}
	tiles := 0
	for _, tile := range tlog.NewTiles(height, 0, newest.N) {
		// NewTiles also names the widths that a partial tile had on its way.
		if tile.W < 256 && int64(tile.W) != newest.N>>uint(height*tile.L)%256 {
			continue
		}
		tiles++
		want, err := tlog.ReadTileData(tile, reader)
		must(err, tile.Path())
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		found, err := os.ReadFile(filepath.Join(folder, path))
		must(err, path)
		if !bytes.Equal(found, want) {
			fail("%s: is not the tile of the entries", path)
		}
	}
	earlier, err := filepath.Glob(filepath.Join(folder, "checkpoints", "*"))
	must(err, "checkpoints")
	for _, path := range earlier {
		tree := open(path, verifier)
		proof, err := tlog.ProveTree(newest.N, tree.N, reader)
		must(err, path)
		must(tlog.CheckTree(proof, newest.N, newest.Hash, tree.N, tree.Hash), path)
	}
	proofs := 0
	for n := int64(0); n < newest.N; n += 97 {
		proof, err := tlog.ProveRecord(newest.N, n, reader)
		must(err, "proof")
		must(tlog.CheckRecord(proof, newest.N, newest.Hash, n, leaves[n]), "proof")
		proofs++
	}
	fmt.Printf("GOOD %s: %d entries, %d tiles, %d earlier checkpoints, %d inclusion proofs\n",
		verifier.Name(), newest.N, tiles, len(earlier), proofs)
}
