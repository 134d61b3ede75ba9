project = "Ripples"
extensions = ["myst_nb", "coursepkg.explorable.sphinx"]
nb_execution_mode = "force"
root_doc = "index"
exclude_patterns = ["_build"]
