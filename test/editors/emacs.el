;;; -*- lexical-binding: t; -*-
;; Works in Emacs as a person does, and writes what it has seen. The lines of the manual have been loaded before.
(require 'cl-lib)
(require 'json)

(defun await (what is-it)
  (let ((until (+ (float-time) 30)))
    (while (not (funcall is-it))
      (when (> (float-time) until) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun hover ()
  "What is shown in the echo area or beside the code."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text ""))))
    (await "the hover" (lambda () shown))
    (substring-no-properties shown)))

(defun messages ()
  "What is found."
  ;; A batch is never idle, which is when this would be started.
  (flymake-start)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun select-action (part from to)
  "Chooses the code action whose title has PART; all titles."
  (let (titles
        (last-nonmenu-event ?x))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq titles (mapcar #'car items))
                 (cl-find-if (lambda (title) (string-search part title)) titles))))
      (eglot-code-actions from to nil t))
    titles))

(let ((seen (make-hash-table)))
  (find-file (expand-file-name "kexec-mint-os0/kexec/firmware_memmap.c" (getenv "WORKSPACE")))
  ;; A batch has no commands after which this would be run.
  (run-hooks 'post-command-hook)
  (await "the server" (lambda () (and (eglot-current-server) eglot--managed-mode)))
  (puthash 'root (expand-file-name (project-root (eglot--project (eglot-current-server)))) seen)

  (go-to "mint_memory_size - 0x8000000")
  (puthash 'actions (vconcat (select-action "size 0x48000000" (point) (match-end 0))) seen)
  (puthash 'line (string-trim (thing-at-point 'line t)) seen)
  (save-buffer)
  (go-to "mint_region3_size")
  (puthash 'hover (hover) seen)
  (await "the overlaps"
         (lambda () (cl-some (lambda (text) (string-search "recognizes" text)) (messages))))
  (puthash 'messages (vconcat (messages)) seen)
  (puthash 'symbols (vconcat (mapcar #'car (cl-mapcan #'cdr (copy-tree (eglot-imenu))))) seen)

  (go-to "mint_memory_start")
  (call-interactively #'xref-find-definitions)
  (puthash 'definition (concat (buffer-name) ": " (string-trim (thing-at-point 'line t))) seen)
  (with-temp-file (getenv "SEEN") (insert (json-encode seen)))
  (eglot-shutdown (eglot-current-server)))
