package hallows.verify.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/// The types, methods, fields and initializers of a file, anonymous classes' too.
final class Members extends TreePathScanner<Void, Void> {
    private final List<TreePath> found = new ArrayList<>();

    private Members() {}

    static List<TreePath> of(Source source) {
        Members members = new Members();
        members.scan(source.unit(), null);
        return members.found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
        found.add(getCurrentPath());
        for (Tree member : type.getMembers()) {
            if (!(member instanceof ClassTree)) {
                found.add(new TreePath(getCurrentPath(), member));
            }
        }
        return super.visitClass(type, null);
    }

    /// What an exception may call it.
    static String name(TreePath path) {
        return switch (path.getLeaf()) {
            case ClassTree type -> type.getSimpleName().toString();
            case MethodTree method when method.getReturnType() == null ->
                    name(path.getParentPath());
            case MethodTree method -> method.getName().toString();
            case VariableTree field -> field.getName().toString();
            case BlockTree _ -> "static";
            default -> path.getLeaf().getKind().name();
        };
    }

    static boolean isOverride(MethodTree method) {
        return hasAnnotation(method.getModifiers(), List.of("Override"));
    }

    static boolean hasAnnotation(ModifiersTree modifiers, List<String> names) {
        return modifiers.getAnnotations().stream()
                .anyMatch(annotation -> names.contains(annotation.getAnnotationType().toString()));
    }

    /// Whether code in other packages may see it.
    static boolean isPublic(TreePath path) {
        TreePath above = path.getParentPath();
        return isDeclaredPublic(path.getLeaf(), above.getLeaf())
                && (above.getLeaf() instanceof CompilationUnitTree
                        || (above.getLeaf() instanceof ClassTree && isPublic(above)));
    }

    private static boolean isDeclaredPublic(Tree member, Tree owner) {
        var flags = modifiers(member);
        return flags.contains(Modifier.PUBLIC)
                || (isInterface(owner) && !flags.contains(Modifier.PRIVATE));
    }

    private static Set<Modifier> modifiers(Tree member) {
        return switch (member) {
            case ClassTree type -> type.getModifiers().getFlags();
            case MethodTree method -> method.getModifiers().getFlags();
            case VariableTree field -> field.getModifiers().getFlags();
            default -> Set.of(Modifier.PRIVATE);
        };
    }

    private static boolean isInterface(Tree owner) {
        return owner.getKind() == Tree.Kind.INTERFACE
                || owner.getKind() == Tree.Kind.ANNOTATION_TYPE;
    }

    static boolean isEnumConstant(TreePath path) {
        return path.getLeaf() instanceof VariableTree field
                && path.getParentPath().getLeaf() instanceof ClassTree owner
                && owner.getKind() == Tree.Kind.ENUM
                && field.getInitializer() instanceof NewClassTree made
                && owner.getSimpleName().contentEquals(made.getIdentifier().toString());
    }

    /// A record repeats its components where it declares its canonical constructor in full.
    static boolean isCanonical(MethodTree method, Tree owner) {
        return method.getReturnType() == null
                && owner instanceof ClassTree type
                && type.getKind() == Tree.Kind.RECORD
                && method.getParameters().size() == components(type);
    }

    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(member -> member instanceof VariableTree)
                .filter(member -> !modifiers(member).contains(Modifier.STATIC))
                .count();
    }
}
