package hallows.log;

import hallows.runtime.Check;

/// How batches lie in a log, however their producers packed them: `compression.type` and the level
/// that goes with it.
public sealed interface Packing {
    /// As each batch comes.
    Packing PRODUCERS = new Producers();

    /// Which compression a batch that came with `theirs` has in the log, as a number; 0 is none.
    int compression(int theirs);

    /// `producer`: as it comes, without any work.
    record Producers() implements Packing {
        @Override
        public int compression(int theirs) {
            return theirs;
        }
    }

    /// `uncompressed`.
    record Plain() implements Packing {
        @Override
        public int compression(int theirs) {
            return 0;
        }
    }

    /// `gzip`.
    ///
    /// @param level `compression.gzip.level`, 1 to 9 or [#USUAL]
    record Gzip(int level) implements Packing {
        /// The codec's own choice.
        public static final int USUAL = -1;

        /// Checked before, where it was configured.
        public Gzip {
            Check.that(level == USUAL || (level >= 1 && level <= 9), "a level of gzip", level);
        }

        @Override
        public int compression(int theirs) {
            return 1;
        }
    }

    /// `snappy`.
    record Snappy() implements Packing {
        @Override
        public int compression(int theirs) {
            return 2;
        }
    }

    /// `lz4`.
    ///
    /// @param level `compression.lz4.level`, 1 to 17
    record Lz4(int level) implements Packing {
        /// Unless it is configured.
        public static final int USUAL = 9;

        /// Checked before, where it was configured.
        public Lz4 {
            Check.that(level >= 1 && level <= 17, "a level of lz4", level);
        }

        @Override
        public int compression(int theirs) {
            return 3;
        }
    }

    /// `zstd`.
    ///
    /// @param level `compression.zstd.level`, -131072 to 22
    record Zstd(int level) implements Packing {
        /// Unless it is configured.
        public static final int USUAL = 3;

        /// Checked before, where it was configured.
        public Zstd {
            Check.that(level >= -(1 << 17) && level <= 22, "a level of zstd", level);
        }

        @Override
        public int compression(int theirs) {
            return 4;
        }
    }
}
