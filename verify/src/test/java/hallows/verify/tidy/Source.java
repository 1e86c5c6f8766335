package hallows.verify.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import hallows.verify.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// One Java file as javac's parser sees it.
///
/// @param path below the checkout, with slashes
/// @param text what it says
/// @param unit its tree
/// @param trees where the tree's parts are in the text
record Source(String path, String text, CompilationUnitTree unit, Trees trees) {
    /// Parses texts by their paths. Errors are left to the compiler to tell.
    static List<Source> parse(Map<String, String> texts) {
        List<JavaFileObject> files = new ArrayList<>();
        texts.forEach((path, text) -> files.add(new SourceText(path, text)));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, _ -> {}, List.of(), null, files);
        Trees trees = Trees.instance(task);
        List<Source> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().getName();
                String text = unit.getSourceFile().getCharContent(true).toString();
                sources.add(new Source(path, text, unit, trees));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sources;
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    String directory() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    long firstLine(Tree tree) {
        return line(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    long lastLine(Tree tree) {
        return line(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    private long line(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    long lines(Tree tree) {
        return lastLine(tree) - firstLine(tree) + 1;
    }

    boolean isDocumented(TreePath at) {
        return trees.getDocComment(at) != null;
    }
}
